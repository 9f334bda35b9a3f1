func name(n: Int) -> String {
    switch n {
    case 1 where odd: return "one"
    case 1: return "two"
    default: return "many"
    }
}
