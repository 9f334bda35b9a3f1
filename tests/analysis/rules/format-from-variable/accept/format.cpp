void say(const char *text) {
    syslog(1, "%s", text);
    stream.printf(text);
}
