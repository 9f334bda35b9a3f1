class Key {
    void make() {
        KeyPairGenerator maker = KeyPairGenerator.getInstance("RSA");
        maker.initialize(1024); // HERE
    }
}
