fn run(trueish: bool) {
    if trueish {
        work();
    }
    if cfg!(debug_assertions) {
        work();
    }
    loop { work(); }
}
