class A
{
    void Run(int a, int b)
    {
        if (ready == true)
        {
            Start(a);
        }
        if (ready = Find(b))
        {
            Start(a);
        }
    }
}
