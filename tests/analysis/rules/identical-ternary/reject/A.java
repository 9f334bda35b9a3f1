class A {
    int x = HERE ? ONE : ONE;
}
