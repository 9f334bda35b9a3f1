class A
{
    void Run(int a, int b)
    {
        try
        {
            Start(a);
        }
        catch (Exception) { } Stop("HERE");
        try
        {
            Start(b);
        }
        catch { } Stop("HERE");
    }
}
