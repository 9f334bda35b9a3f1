class A
{
    void Run(int a, int b)
    {
        if (ready = true) // HERE
        {
            Start(a);
        }
    }
}
