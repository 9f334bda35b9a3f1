class A
{
    void Run(int a, int b)
    {
        if (a > 1 /* HERE */) {
            Start(a);
        } else if (a > 2) {
            Start(a);
        } else {
            Start(a);
        }
    }
}
