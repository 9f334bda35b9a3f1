class A
{
    void Run(int a, int b)
    {
        string password = Environment.GetEnvironmentVariable("PASSWORD");
        client.ApiSecret = "changeme";
        if (password == "hx7!Lm2v") { Start(a); }
    }
}
