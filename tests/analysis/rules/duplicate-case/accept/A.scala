object A {
  def run(a: Int, b: Int): Unit = {
    a match {
      case 1 if b > 1 => start(a)
      case 1 => start(b)
      case 2 | 3 => stop(a)
      case _ => stop(b)
    }
  }
}
