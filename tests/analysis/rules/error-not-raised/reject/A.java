class A {
    void f() {
        new IllegalStateException("a"); // HERE
    }
}
