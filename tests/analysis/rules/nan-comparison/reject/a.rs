fn check(a: f64) -> bool {
    a == f64::NAN // HERE
}
