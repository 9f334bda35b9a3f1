class A {
    void f() {
        HERE:
        for (int x : y) {
            break;
        }
    }
}
