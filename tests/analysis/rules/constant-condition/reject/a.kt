fun run() {
    if (true) { // HERE
        work()
    }
    val a = if (false) 1 else 2 // HERE
    while (false) { // HERE
        work()
    }
}
