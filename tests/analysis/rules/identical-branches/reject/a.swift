func pick(a: Bool) {
    /* HERE */ if a {
        run(1)
    } else {
        run(1)
    }
}
