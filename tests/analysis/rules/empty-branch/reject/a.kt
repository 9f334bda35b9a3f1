fun run(a: Int) {
    if (a > 1) {} // HERE
}

fun walk(a: Int) {
    if (a > at("HERE")) {
    }
}
