class A {
    void f() {
        if (a) {
            one();
        } else {
            two();
        }
    }
}
