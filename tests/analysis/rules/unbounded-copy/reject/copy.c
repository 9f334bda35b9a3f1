void copy(char *to, const char *from) {
    strcpy(to, from); /* HERE */
    sprintf(to, "%s.txt", from); /* HERE */
}
