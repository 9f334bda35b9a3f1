void copy(char *to, const char *from) {
    strcpy(to, "fixed");
    snprintf(to, 80, "%s.txt", from);
    sprintf(to, "%d", 5);
}
