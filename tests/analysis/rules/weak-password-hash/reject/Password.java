class Password {
    String keep(String password) {
        return DigestUtils.md5Hex(password); // HERE
    }
}
