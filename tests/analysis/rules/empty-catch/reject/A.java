class A {
    void f() {
        try {
            work();
        } catch (IOException HERE) {
        }
    }
}
