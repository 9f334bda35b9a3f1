class A {
    public boolean equals(Object HERE) {
        return true;
    }
}
