class Sql {
    void find(Connection connection, String name) {
        connection.prepareStatement("SELECT * FROM users WHERE name = ?");
        connection.prepareStatement("SELECT " + COLUMNS + " FROM users WHERE kind = " + KIND);
        executor.execute("name = " + name);
    }
}
