class A {
    A(int a) {
        this.a = a;
        a *= a;
    }
}
