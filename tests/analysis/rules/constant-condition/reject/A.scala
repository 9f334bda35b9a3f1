object A {
  def run(a: Int, b: Int): Unit = {
    if (true) { // HERE
      start(a)
    }
    while (false) { // HERE
      start(b)
    }
  }
}
