class A {
    void f() {
        if (HERE) {
            one();
        } else {
            one();
        }
    }
}
