void run(struct thing *x, int a, int b)
{
    if (x->first == x->second) {
        start(a - b);
    }
    if (a != a || next(b) == next(b)) {
        start(sizeof(a) / sizeof(a));
    }
    if (a > 1 && b > 1 && a > 2) {
        start(b << b);
    }
}
