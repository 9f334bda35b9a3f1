class A {
    void f() {
        log(new IllegalStateException("a"));
        throw new IllegalStateException("b");
    }
}
