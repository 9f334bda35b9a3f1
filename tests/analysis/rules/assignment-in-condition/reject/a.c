void run(struct thing *x, int a, int b)
{
    if (a = 1) { // HERE
        start(a);
    }
}
