object A {
  def run(a: Int, b: Int): Unit = {
    if (a > 0) {
      start(a)
    }
    while (true) {
      start(b)
    }
  }
}
