fn f() {
    if let Some(a) = next() {
        one();
    } else if let Some(a) = next() {
        two();
    } else if a == 2 {
        three();
    }
}
