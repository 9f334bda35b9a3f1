fun check(a: Box, b: Box) {
    use(a.size == a.size) // HERE
    use(a.on && b.on && a.on || b.off) // HERE
    use(a.size - a.size) // HERE
}
