object A {
  def run(a: Int, b: Int): Unit = {
    if (x.first == x.second) {
      start(a - b)
    }
    if (next(b) == next(b)) {
      start(list.reduce(_ - _), pairs.sortWith(_.size < _.size), all.reduce(_ && _))
    }
  }
}
