class A {
    A(int a) {
        a = a; // HERE
    }
}
