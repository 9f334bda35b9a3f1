void start() {
    EVP_EncryptInit_ex(ctx, EVP_rc4(), nullptr, key, iv); // HERE
}
