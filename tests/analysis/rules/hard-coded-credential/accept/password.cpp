const auto password = read();
