class A
{
    void Run(int a, int b)
    {
        if (double.IsNaN(a))
        {
            Start(double.NaN);
        }
    }
}
