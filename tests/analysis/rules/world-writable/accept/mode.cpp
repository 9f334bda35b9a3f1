void open_own(const char *path) {
    chmod(path, 0600);
}
