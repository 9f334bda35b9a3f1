fn f() {
    dbg!(a); // HERE
}
