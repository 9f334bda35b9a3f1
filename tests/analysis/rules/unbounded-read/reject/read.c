void read_line(char *line) {
    gets(line); /* HERE */
    scanf("%s", line); /* HERE */
}
