class A {
    void f() {
        Exception e = switch (a) {
            case 1 -> new IllegalStateException("c");
            default -> null;
        };
        log(new IllegalStateException("a"));
        throw new IllegalStateException("b");
    }
}
