class A
{
    void Run(int a, int b)
    {
        if (x.First == x.Second)
        {
            Start(a - b);
        }
        if (a != a || Next(b) == Next(b))
        {
            Start(a + a);
        }
    }
}
