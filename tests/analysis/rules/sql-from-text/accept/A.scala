object A {
  def run(a: Int, b: Int): Unit = {
    connection.prepareStatement("SELECT * FROM people WHERE name = ?")
    statement.executeUpdate(s"DELETE FROM $table")
  }
}
