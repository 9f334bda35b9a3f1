const cipher: Cipher = createCipheriv("chacha20-poly1305", key, iv);
