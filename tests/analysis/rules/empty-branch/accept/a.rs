fn run(a: u32) {
    if a > 1 {
        // nothing to do
    }
    if let Err(_) = work() {}
    if a > 1 {} else { work(); }
}
