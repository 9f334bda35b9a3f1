func run() {
    do { try work() } catch { log(error) }
    do { try work() } catch let error as MinorError {}
    do {
        try work()
    } catch {
        // nothing can be done
    }
}
