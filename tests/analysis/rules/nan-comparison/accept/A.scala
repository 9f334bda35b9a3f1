object A {
  def run(a: Int, b: Int): Unit = {
    if (a.isNaN) {
      start(Double.NaN)
    }
  }
}
