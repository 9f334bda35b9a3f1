class A {
    boolean a = b.c == b.c; // HERE
    int d = e - e; // HERE
}
