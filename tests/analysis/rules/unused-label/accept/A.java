class A {
    void f() {
        outer:
        for (int x : y) {
            for (int z : x) {
                break outer;
            }
        }
    }
}
