class A {
    @Override
    public boolean equals(Object HERE) {
        return true;
    }
}
