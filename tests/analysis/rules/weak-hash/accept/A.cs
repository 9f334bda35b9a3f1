class A
{
    void Run(int a, int b)
    {
        var one = SHA256.Create();
        var two = SHA256.HashData(data);
        var three = File.Create(name);
    }
}
