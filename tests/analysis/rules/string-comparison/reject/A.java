class A {
    boolean a = b == "c"; // HERE
    boolean d = "e" != f(); // HERE
}
