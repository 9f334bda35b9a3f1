func check(a: Box, b: Box) {
    use(a.size == a.size) // HERE
    use(a.on && a.on) // HERE
    use(a.on || a.on) // HERE
    use(a.size < a.size) // HERE
    use(a.size - a.size) // HERE
    use(a.size / a.size) // HERE
    use(a.bits ^ a.bits) // HERE
}
