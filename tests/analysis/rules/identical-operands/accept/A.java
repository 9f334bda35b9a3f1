class A {
    boolean a = v != v;
    int b = c * c;
    boolean d = next() && next();
}
