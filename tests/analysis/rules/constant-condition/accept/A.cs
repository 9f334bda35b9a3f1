class A
{
    void Run(int a, int b)
    {
        if (a > 0)
        {
            Start(a);
        }
        while (true)
        {
            Start(b);
        }
        var c = a > b ? 1 : 0;
    }
}
