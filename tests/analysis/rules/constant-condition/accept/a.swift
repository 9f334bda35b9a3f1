func run(trueish: Bool) {
    if trueish {
        work()
    }
    while true {
        work()
    }
    if true == trueish { work() }
}
