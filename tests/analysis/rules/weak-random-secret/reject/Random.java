class Random2 {
    void make() {
        double token = Math.random(); // HERE
    }
}
