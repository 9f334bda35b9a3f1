class A {
    void f() {
        name.trim(); // HERE
    }
}
