class Ciphers {
    Object a = Cipher.getInstance("AES/GCM/NoPadding");
    Object b = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
}
