class Shell {
    void list(String path) {
        Runtime.getRuntime().exec("ls " + path); // HERE
    }
}
