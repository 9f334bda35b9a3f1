object A {
  def run(a: Int, b: Int): Unit = {
    if (a > 1) {
        start(a)
    } else if (b > 1) {
        stop(b)
    } else if (a > 1) { // HERE
        stop(b)
    }
  }
}
