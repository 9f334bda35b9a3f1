void run(struct thing *x, int a, int b)
{
    if (a > 1 /* HERE */) {
        start(a);
    } else if (a > 2) {
        start(a);
    } else {
        start(a);
    }
}
