func run() {
    if true { // HERE
        work()
    }
    while false { // HERE
        work()
    }
}
