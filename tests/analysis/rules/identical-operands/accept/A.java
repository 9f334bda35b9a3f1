class A {
    boolean a = v != v;
    int b = c * c;
    double nan = y - y; // NaN
    boolean d = next() && next();
}
