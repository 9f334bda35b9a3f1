void run(struct thing *x, int a, int b)
{
    if (a == NAN) { // HERE
        start(a);
    }
}
