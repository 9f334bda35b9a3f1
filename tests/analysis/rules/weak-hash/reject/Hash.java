class Hash {
    Object a = MessageDigest.getInstance("MD5"); // HERE
    Object b = MessageDigest.getInstance("SHA-1"); // HERE
}
