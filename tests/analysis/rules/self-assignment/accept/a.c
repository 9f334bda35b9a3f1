void run(struct thing *x, int a, int b)
{
    a = a;
    x->next = x->last;
    x->rows[a] = x->rows[b];
    PORT->STATUS = PORT->STATUS;
}
