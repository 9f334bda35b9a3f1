fun pick(a: Boolean) {
    /* HERE */ if (a) {
        run(1)
    } else {
        run(1)
    }
    if (a) run(2) else run(2) // HERE
}
