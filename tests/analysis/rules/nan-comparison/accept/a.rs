fn check(a: f64) -> bool {
    let none = f64::NAN;
    a.is_nan()
}
