func name(n: Int) -> String {
    switch n {
    case 1: return "one"
    case 2, 1: return "two" // HERE
    default: return "many"
    }
}
