void start() {
    EVP_EncryptInit_ex(ctx, EVP_chacha20_poly1305(), nullptr, key, iv);
}
