fn f() {
    if HERE {
        one();
    } else {
        one();
    }
}
