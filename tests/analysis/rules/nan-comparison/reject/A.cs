class A
{
    void Run(int a, int b)
    {
        if (a == double.NaN) // HERE
        {
            Start(a);
        }
    }
}
