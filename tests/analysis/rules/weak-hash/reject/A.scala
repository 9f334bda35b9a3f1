object A {
  def run(a: Int, b: Int): Unit = {
    val one = MessageDigest.getInstance("MD5") // HERE
    val two = DigestUtils.sha1Hex(data) // HERE
  }
}
