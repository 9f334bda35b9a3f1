class A
{
    void Run(int a, int b)
    {
        handler.ServerCertificateCustomValidationCallback = (a, b, c, d) => d == SslPolicyErrors.None;
        handler.ServerCertificateCustomValidationCallback = Check;
        handler.Accepts = (a, b, c, d) => true;
    }
}
