crypto.createCipheriv("des-ede3-cbc", key, iv); // HERE
crypto.createCipheriv("aes-128-ecb", key, null); // HERE
