char *name(void) {
    return tmpnam(NULL); /* HERE */
}
