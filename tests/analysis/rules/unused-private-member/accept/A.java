class A {
    private static final long serialVersionUID = 1L;
    private int one;
    @Inject private int two;
    int three;

    A(int one) {
        this.one = one;
        four();
    }

    private void four() {}

    private Object readResolve() {
        return this;
    }

    @PostConstruct
    private void five() {}
}

class Flags {
    private static final int TEXT = 1;
    private static final int CRC = 2; // Header CRC
    private static final int EXTRA = 4;

    int crc() {
        return CRC;
    }
}
