class Sql {
    void find(Statement statement, String name) {
        statement.executeQuery("SELECT * FROM users WHERE name = '" + name + "'"); // HERE
        statement.execute(String.format("DELETE FROM users WHERE name = '%s'", name)); // HERE
    }
}
