class A {
    void f() {
        if (a) {
            // settled above
        }
        if (a) one();
    }
}
