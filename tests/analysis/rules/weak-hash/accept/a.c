void run(struct thing *x, int a, int b)
{
    SHA256(a, b, x);
    start(EVP_sha256());
}
