class A
{
    void Run(int a, int b)
    {
        if (a > 1) {
            Start(a);
        } else if (b > 1) {
            Stop(b);
        } else if (a > 1) { // HERE
            Stop(b);
        }
    }
}
