object A {
  def run(a: Int, b: Int): Unit = {
    if (a > b) {} // HERE
    start(a)
  }
}
