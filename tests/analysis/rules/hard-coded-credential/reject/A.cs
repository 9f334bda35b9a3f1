class A
{
    void Run(int a, int b)
    {
        string password = "hx7!Lm2v"; // HERE
        client.ApiSecret = "hx7!Lm2v"; // HERE
    }
}
