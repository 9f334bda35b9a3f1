class A
{
    void Run(int a, int b)
    {
        var c = a > 1 ? a : b;
    }
}
