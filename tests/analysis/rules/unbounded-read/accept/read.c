void read_line(char *line) {
    fgets(line, 80, stdin);
    scanf("%79s", line);
    scanf("%d", &number);
}
