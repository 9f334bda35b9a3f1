class A
{
    void Run(int a, int b)
    {
        var one = Aes.Create();
        var two = new AesGcm(key);
    }
}
