void start(void) {
    CCCrypt(kCCEncrypt, kCCAlgorithmAES, kCCOptionPKCS7Padding, key, size, iv, text, length, out, room, &moved);
}
