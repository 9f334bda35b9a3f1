func run() {
    do {
        try work()
    } /* HERE */ catch {
    }
}
