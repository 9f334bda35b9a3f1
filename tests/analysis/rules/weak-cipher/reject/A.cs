class A
{
    void Run(int a, int b)
    {
        var one = DES.Create(); // HERE
        var two = new TripleDESCryptoServiceProvider(); // HERE
    }
}
