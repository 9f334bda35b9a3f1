class A {
    void f() {
        if (done == true) {
            one();
        }
        if (done = tryOne()) {
            two();
        }
    }
}
