void run(struct thing *x, int a, int b)
{
    int c = a > 1 ? b : b; // HERE
}
