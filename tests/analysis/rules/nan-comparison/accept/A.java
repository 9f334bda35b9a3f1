class A {
    boolean a = Double.isNaN(b);
    double c = Double.NaN;
}
