class A {
    public boolean equals(Object other) {
        return true;
    }

    public int hashCode() {
        return 1;
    }

    class C extends D {
        public boolean equals(Object other) {
            return true;
        }
    }

    class B {
        boolean equals(B other) {
            return true;
        }
    }
}
