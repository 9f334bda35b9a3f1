void run(struct thing *x, int a, int b)
{
    if (a > b) {} // HERE
    
    start(a);
}
