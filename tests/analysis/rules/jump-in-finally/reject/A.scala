object A {
  def run(a: Int, b: Int): Unit = {
    try {
      start(a)
    } finally {
      return b // HERE
    }
  }
}
