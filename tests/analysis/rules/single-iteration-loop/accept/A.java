class A {
    int f() {
        for (int x : list) {
            return x;
        }
        while (true) {
            one();
            break;
        }
        for (int i = 0; i < n; i++) {
            if (a) return i;
        }
    }
}
