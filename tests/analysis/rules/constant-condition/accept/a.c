void run(struct thing *x, int a, int b)
{
    if (a) {
        start(a);
    }
    while (1) {
        if (b) {
            goto failed;
        }
    }
    if (0) {
    failed:
        stop(a);
    }
    int c = a ? 1 : b;
}
