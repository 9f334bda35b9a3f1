auto name = std::tmpnam(nullptr); // HERE
