func pick(a: Bool) {
    if a {
        run(1)
    } else {
        run(2)
    }
    if a { run(1) } else if b { run(1) }
    if a {
        // why this is so
        run(1)
    } else {
        run(1)
    }
    if a {} else { run(1) }
    if let b = a { run(1) } else { run(1) }
}
