class A
{
    void Run(int a, int b)
    {
        if (a > b)
        {
            // the caller has it
        }
        if (a > b) { } else { Start(b); }
    }
}
