class Password {
    String keep(String page) {
        return DigestUtils.md5Hex(page);
    }
}
