fn run(a: u32) {
    if a > 1 {} // HERE
}
