class A {
    void f() {
        name = name.trim();
        trim();
    }
}
