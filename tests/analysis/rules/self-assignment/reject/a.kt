fun set(a: Int) {
    count = count // HERE
}
