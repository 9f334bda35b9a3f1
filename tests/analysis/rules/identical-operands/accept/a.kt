fun check(a: Box, b: Box) {
    use(a.size == b.size)
    use(a.on && b.on || a.off)
    use(a.value != a.value)
    use(next() == next())
    use(1 - 1)
}
