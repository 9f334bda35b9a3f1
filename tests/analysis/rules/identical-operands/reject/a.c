void run(struct thing *x, int a, int b)
{
    if (x->first == x->first) { // HERE
        start(a - a); // HERE
    }
    if (a > 1 && b > 1 && a > 1) { // HERE
        start(b);
    }
}
