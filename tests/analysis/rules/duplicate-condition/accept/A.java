class A {
    void f() {
        if (a == 1) {
            one();
        } else if (in.read() == 1) {
            two();
        } else if (in.read() == 1) {
            three();
        }
    }
}
