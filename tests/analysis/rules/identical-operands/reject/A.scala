object A {
  def run(a: Int, b: Int): Unit = {
    if (x.first == x.first) { // HERE
      start(a - a) // HERE
    }
    if (a > 1 && b > 1 && a > 1) { // HERE
      start(b)
    }
  }
}
