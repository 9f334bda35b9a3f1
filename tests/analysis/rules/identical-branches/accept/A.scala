object A {
  def run(a: Int, b: Int): Unit = {
    if (a > 1) {
        start(a)
    } else if (a > 2) {
        start(a)
    } else {
        stop(b)
    }
    if (a > 1) {
        start(a)
    } else if (a > 2) {
        start(a)
    }
  }
}
