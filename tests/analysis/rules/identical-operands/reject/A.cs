class A
{
    void Run(int a, int b)
    {
        if (x.First == x.First) // HERE
        {
            Start(a - a); // HERE
        }
        if (a > 1 && b > 1 && a > 1) // HERE
        {
            Start(b);
        }
    }
}
