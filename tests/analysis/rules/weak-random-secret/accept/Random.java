class Random2 {
    void make() {
        double angle = Math.random();
        long token = new SecureRandom().nextLong();
    }
}
