void run(struct thing *x, int a, int b)
{
    if (a > 1) {
        start(a);
    } else if (b > 1) {
        stop(b);
    } else if (a > 1) { // HERE
        stop(b);
    }
}
