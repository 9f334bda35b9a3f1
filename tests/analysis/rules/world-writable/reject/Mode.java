class Mode {
    Object all = PosixFilePermissions.fromString("rwxrwxrwx"); // HERE
}
