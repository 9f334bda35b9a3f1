fun pick(a: Boolean, b: Boolean) {
    if (a) {
        run(1)
    } else {
        run(2)
    }
    if (a) run(2) else if (b) run(2)
    if (a) {
        // why this is so
        run(1)
    } else {
        run(1)
    }
    if (a) else run(1)
}
