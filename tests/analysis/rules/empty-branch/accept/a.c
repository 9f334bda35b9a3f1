void run(struct thing *x, int a, int b)
{
    if (a > b) {
        /* nothing to do: the caller has it */
    }
    if (write(a, b, 1)) {}
    if (a) {} else { start(b); }
}
