void start(void) {
    CCCrypt(kCCEncrypt, kCCAlgorithm3DES, 0, key, size, iv, text, length, out, room, &moved); // HERE
    CCCrypt(kCCEncrypt, kCCAlgorithmAES, kCCOptionPKCS7Padding | kCCOptionECBMode, key, size, iv, text, length, out, room, &moved); // HERE
}
