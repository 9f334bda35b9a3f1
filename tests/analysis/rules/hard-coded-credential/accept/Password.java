class Password {
    private static final String PASSWORD = System.getenv("PASSWORD");
    private static final String PASSWORD_KEY = "app.password.v1";
}
