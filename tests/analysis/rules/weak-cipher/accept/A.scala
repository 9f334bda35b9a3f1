object A {
  def run(a: Int, b: Int): Unit = {
    val one = Cipher.getInstance("AES/GCM/NoPadding")
  }
}
