crypto.createCipheriv("aes-256-gcm", key, iv);
crypto.createCipheriv(name, key, iv);
