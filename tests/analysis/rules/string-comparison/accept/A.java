class A {
    boolean a = "c".equals(b);
    boolean d = b == null;
    String e = "x == \" y";
}
