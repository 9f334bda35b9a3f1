class A {
    int f() {
        try {
            work();
        } finally {
            return 1; // HERE
        }
    }
}
