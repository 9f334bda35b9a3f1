object A {
  def run(a: Int, b: Int): Unit = {
    val one = MessageDigest.getInstance("SHA-256")
    val two = MessageDigest.getInstance(name)
  }
}
