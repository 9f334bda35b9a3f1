object A {
  def run(a: Int, b: Int): Unit = {
    val one = Cipher.getInstance("DES/CBC/PKCS5Padding") // HERE
  }
}
