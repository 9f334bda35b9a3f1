class Hash {
    Object a = MessageDigest.getInstance("SHA-256");
    Object b = Calendar.getInstance("MD5 is not meant here");
}
