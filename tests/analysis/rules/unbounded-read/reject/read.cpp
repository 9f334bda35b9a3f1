void read_line(char *line) {
    scanf("%s", line); // HERE
}
