func run(a: Int) {
    if a > 1 {
        // nothing to do
    }
    if a > 1 {} else { work() }
    if a > 1 { work() } else {}
    if a > 1 { work {} }
}
