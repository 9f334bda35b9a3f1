class A
{
    void Run(int a, int b)
    {
        if (a > b) { } // HERE
        if (b > a) ; // HERE
        Start(a);
    }
}
