void read_line(std::string &line) {
    std::getline(std::cin, line);
    reader.gets(line);
}
