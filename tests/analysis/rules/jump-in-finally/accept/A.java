class A {
    int f() {
        try {
            return work();
        } finally {
            for (;;) {
                break;
            }
            run(() -> { return 1; });
        }
    }
}
