void say(const char *text) {
    syslog(1, text); // HERE
}
