void say(const char *text) {
    printf("%s", text);
    printf("text");
    printf(format, text);
    printf(USAGE);
    printf(_("text"));
}
