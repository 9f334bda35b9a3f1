class Password {
    private static final String PASSWORD = "Xk9!mmo2p"; // HERE
}
