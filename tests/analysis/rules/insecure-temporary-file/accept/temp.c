int name(char *layout) {
    return mkstemp(layout);
}
