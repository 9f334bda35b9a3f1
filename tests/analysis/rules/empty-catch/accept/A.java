class A {
    void f() {
        try {
            return work();
        } catch (NoSuchMethodException e) {
        }
        try {
            work();
        } catch (IOException expected) {
        }
        try {
            work();
        } catch (IOException e) {
            // the file may be gone already
        }
        try {
            work();
        } catch (IOException e) {
            log(e);
        }
    }
}
