void run(struct thing *x, int a, int b)
{
    if (isnan(a)) {
        start(NAN);
    }
}
