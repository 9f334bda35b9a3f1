class A
{
    void Run(int a, int b)
    {
        var c = a > 1 ? b : b; // HERE
    }
}
