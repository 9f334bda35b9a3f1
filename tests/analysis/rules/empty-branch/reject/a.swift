func run(a: Int) {
    if a > 1 {} // HERE
    if a > at("HERE") {
    }
}
