fun list(name: String) {
    Runtime.getRuntime().exec("ls $name") // HERE
    Runtime.getRuntime().exec("ls " + name) // HERE
}
