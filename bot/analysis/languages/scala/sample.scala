// Above each function: expect: name cyclomatic cognitive A,B,C arity nesting loc returns. Above each namespace:
// namespace: name kind methods instance-variables complexity loc. Counted by hand.
package shop.cart

import scala.util.{Failure, Try}

/** Documentation is a comment. */
// namespace: Cart class 4 3 22.68 38
class Cart[T](val size: Int)(implicit order: Ordering[T]) extends Base(1) with Sums {
  private var total = 0

  // expect: Cart.this 1 0 0,1,0 0 0 1 0
  def this() = this(1)

  // expect: Cart.add 14 12 5,5,19 3 2 28 1
  override def add(item: T, rest: => T*)(implicit now: Int): (Int, String) = {
    var sum = 0
    if (size > 1 && !open) sum += 1
    else if (open) sum = 2
    else {
      return (sum, "none")
    }
    while (open) { close(); }
    do { sum -= 1 } while (sum > 0)
    for (i <- 1 to 3; j <- rest if j != i) {
      rest.foreach { x => if (x) y }
    }
    val kind = item match {
      case 1 | 2 => "a"
      case n if n > 3 => s"b $n"
      case _: String => "c"
      case (a, b) => "d"
      case other => "e"
    }
    try {
      new Thread(kind).start()
    } catch {
      case e: IOException => 1
      case NonFatal(e) => 2
    } finally {
      close()
    }
  }

  def later(a: Int): Unit
}

object Cart {
  // expect: Cart.apply 1 0 1,1,0 0 0 3 0
  def apply() = {
    // expect: Cart.apply.inner 1 0 0,0,0 1 0 1 0
    def inner(x: Int) = x
    val y = inner(1); }
}

// namespace: Sums trait 1 0 1 3
trait Sums {
  // expect: Sums.+ 2 1 0,0,1 1 1 1 0
  def +(that: Sums) = if (that.empty) 1
}

// namespace: Suit enum 1 1 2 5
enum Suit(val red: Boolean):
  case Hearts extends Suit(true)

  // expect: Suit.label 2 1 0,0,2 0 1 3 0
  def label = this match
    case Hearts => 'h'
    case _ => """s"""

// namespace: Ordering given 1 0 4 7
given Ordering[Suit] with
  // expect: Ordering.compare 3 3 0,0,4 2 1 6 0
  def compare(a: Suit, b: Suit): Int =
    if a > b then
      1
    else if a == b then 0
    else
      // less
      -1

extension (suit: Suit)
  // expect: twice 1 0 0,0,0 1 0 1 0
  def twice(n: Int) = suit * n
