void copy(char *to, const char *from) {
    strcat(to, from); // HERE
}
