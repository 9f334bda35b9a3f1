object A {
  def run(a: Int, b: Int): Unit = {
    if (a == Double.NaN) { // HERE
      start(a)
    }
  }
}
