void run(struct thing *x, int a, int b)
{
    x->next = x->next; // HERE
    x->rows[a] = x->rows[a]; // HERE
}
