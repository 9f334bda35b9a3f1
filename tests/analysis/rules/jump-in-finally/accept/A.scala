object A {
  def run(a: Int, b: Int): Unit = {
    try {
      start(a)
      return b
    } finally {
      list.foreach { x => stop(x) }
    }
  }
}
