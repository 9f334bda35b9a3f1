class A {
    int x = a ? ONE : TWO;
}
