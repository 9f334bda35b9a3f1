class A {
    int f() {
        for (int i = 0; i < n; i++) {
            one();
            return i; // HERE
        }
    }
}
