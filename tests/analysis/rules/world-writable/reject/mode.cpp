void open_all(const char *path) {
    chmod(path, 0666); // HERE
}
