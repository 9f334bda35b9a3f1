class Ciphers {
    Object a = Cipher.getInstance("DES/CBC/PKCS5Padding"); // HERE
    Object b = Cipher.getInstance("AES/ECB/PKCS5Padding"); // HERE
    Object c = Cipher.getInstance("AES"); // HERE
}
