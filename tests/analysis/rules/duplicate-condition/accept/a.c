void run(struct thing *x, int a, int b)
{
    if (a > 1) {
        start(a);
    } else if (a > 2) {
        stop(b);
    } else if (next(a) > 1) {
        stop(b);
    } else if (next(a) > 1) {
        start(a);
    }
}
