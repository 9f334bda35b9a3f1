class A {
    void f() {
        switch (a) {
            case 1:
            case 2:
                one();
                break;
            case 3:
                two();
                // fall through
            default:
                three();
        }
        switch (b) {
            case 1 -> one();
            default -> two();
        }
    }
}
