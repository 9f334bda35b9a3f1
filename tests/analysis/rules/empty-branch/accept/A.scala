object A {
  def run(a: Int, b: Int): Unit = {
    if (a > b) {
      // the caller has it
    }
    if (a > b) {} else { start(b) }
  }
}
