void copy(std::string &to, const std::string &from) {
    to = from;
    buffer.strcpy(to, from);
}
