fun size(n: Int) {
    if (n > 100) {
        large()
    } else if (n > 10) {
        medium()
    } else if (n > 100) { // HERE
        huge()
    }
    val a = if (n == 1) "one" else if (n == 1) "two" else "many" // HERE
}
