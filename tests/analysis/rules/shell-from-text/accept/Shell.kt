fun list(name: String) {
    Runtime.getRuntime().exec(arrayOf("ls", name))
    Runtime.getRuntime().exec("ls -l")
    transaction.exec("ls $name")
}
