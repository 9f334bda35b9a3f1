class A {
    void f() {
        for (int i = 0; i < 10; i++) one();
        for (int i = 10; i >= 0; i--) one();
    }
}
