void run(struct thing *x, int a, int b)
{
    MD5(a, b, x); // HERE
    SHA1_Init(x); // HERE
    start(EVP_md5()); // HERE
}
