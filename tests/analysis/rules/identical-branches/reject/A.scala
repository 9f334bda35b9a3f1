object A {
  def run(a: Int, b: Int): Unit = {
    if (a > 1 /* HERE */) {
        start(a)
    } else if (a > 2) {
        start(a)
    } else {
        start(a)
    }
  }
}
