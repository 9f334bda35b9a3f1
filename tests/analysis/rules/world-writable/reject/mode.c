void open_all(const char *path) {
    chmod(path, 0777); /* HERE */
}
