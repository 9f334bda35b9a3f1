void run(int a, int b)
{
    try {
        start(a);
    } catch (...) {} stop("HERE");
    try {
        start(b);
    } catch (...) { } stop("HERE");
}
