class A {
    boolean a = b == Double.NaN; // HERE
}
