class A
{
    void Run(int a, int b)
    {
        if (a > 1) {
            Start(a);
        } else if (a > 2) {
            Stop(b);
        } else if (next(a) > 1) {
            Stop(b);
        } else if (next(a) > 1) {
            Start(a);
        }
    }
}
