class A {
    void f() {
        while (true) {
            one();
        }
    }
}
