void run(struct thing *x, int a, int b)
{
    if (0) { // HERE
        start(a);
    }
    int c = 1 ? a : b; // HERE
}
