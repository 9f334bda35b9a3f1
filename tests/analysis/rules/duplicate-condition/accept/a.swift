func size(n: Int) {
    if n > 100 {
        large()
    } else if n > 10 {
        medium()
    }
    if let a = find() { one(a) } else if let a = find() { two(a) }
    if n > 1, m > 1 { one() } else if n > 1, k > 1 { two() }
    if reader.next() > 1 { one() } else if reader.next() > 1 { two() }
}
