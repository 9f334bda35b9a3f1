class A
{
    void Run(int a, int b)
    {
        if (a > 1) {
            Start(a);
        } else if (a > 2) {
            Start(a);
        } else {
            Stop(b);
        }
        if (a > 1) {
            Start(a);
        } else if (a > 2) {
            Start(a);
        }
    }
}
