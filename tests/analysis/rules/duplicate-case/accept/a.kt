fun name(n: Int) = when (n) {
    1 -> "one"
    2, 3 -> "two"
    else -> "many"
}
fun draw() = when {
    next() == 1 -> "one"
    next() == 1 -> "two"
    else -> "many"
}
