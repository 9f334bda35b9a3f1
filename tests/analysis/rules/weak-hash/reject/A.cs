class A
{
    void Run(int a, int b)
    {
        var one = MD5.Create(); // HERE
        var two = SHA1.HashData(data); // HERE
        var three = new MD5CryptoServiceProvider(); // HERE
    }
}
