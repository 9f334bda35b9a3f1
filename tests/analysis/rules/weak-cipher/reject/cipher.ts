const cipher: Cipher = createCipheriv("rc4", key, null); // HERE
