fun name(n: Int) = when (n) {
    1 -> "one"
    2, 1 -> "two" // HERE
    else -> "many"
}
