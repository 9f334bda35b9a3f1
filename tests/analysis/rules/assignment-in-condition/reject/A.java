class A {
    void f() {
        if (done = true) { // HERE
            one();
        }
    }
}
