fn f() {
    if a == 1 {
        one();
    } else if b {
        two();
    } else if a == 1 { // HERE
        three();
    }
}
