class A
{
    void Run(int a, int b)
    {
        handler.ServerCertificateCustomValidationCallback = (a, b, c, d) => true; // HERE
        ServicePointManager.ServerCertificateValidationCallback += delegate { return true; }; // HERE
        handler.ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator; // HERE
    }
}
