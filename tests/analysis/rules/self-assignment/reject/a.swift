func set(a: Int) {
    count = count // HERE
}
