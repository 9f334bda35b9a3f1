class A
{
    void Run(int a, int b)
    {
        if (true) // HERE
        {
            Start(a);
        }
        while (false) // HERE
        {
            Start(b);
        }
        var c = false ? a : b; // HERE
    }
}
