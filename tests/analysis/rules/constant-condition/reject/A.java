class A {
    void f() {
        if (true) { // HERE
            one();
        }
    }
}
