object A {
  def run(a: Int, b: Int): Unit = {
    a match {
      case 1 => start(a)
      case 2 => start(b)
      case 1 => stop(b) // HERE
    }
  }
}
