void run(struct thing *x, int a, int b)
{
    if (a == 1) {
        start(a);
    }
    if ((a = 1)) {
        start(a);
    }
    if (a = find(b)) {
        start(a);
    }
}
