class Shell {
    void list(String path) {
        Runtime.getRuntime().exec(new String[] {"ls", path});
        Runtime.getRuntime().exec("ls");
        query.exec("a " + path);
    }
}
