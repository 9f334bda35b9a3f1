fn f() {
    if a {
        one();
    } else {
        two();
    }
}
