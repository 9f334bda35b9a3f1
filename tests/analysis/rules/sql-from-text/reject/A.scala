object A {
  def run(a: Int, b: Int): Unit = {
    statement.executeQuery("SELECT * FROM people WHERE name = '" + name + "'") // HERE
    statement.executeUpdate(s"DELETE FROM people WHERE id = $id") // HERE
  }
}
