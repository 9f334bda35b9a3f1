class Mode {
    Object own = PosixFilePermissions.fromString("rwx------");
}
