class A {
    private int alone = 1; // HERE
    private static String two; // HERE

    private void three() { // HERE
        one();
        twoMore();
    }
}

class Limit {
    private static final int FIRST = 1; // HERE

    int size;
}
