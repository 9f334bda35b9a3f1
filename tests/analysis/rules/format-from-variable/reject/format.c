void say(const char *text) {
    printf(text); /* HERE */
    fprintf(stderr, text); /* HERE */
}
