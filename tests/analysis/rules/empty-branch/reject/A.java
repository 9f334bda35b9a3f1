class A {
    void f() {
        if (a); // HERE
        one();
        if (HERE) {
        }
    }
}
