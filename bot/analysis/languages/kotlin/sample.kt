// Above each function: expect: name cyclomatic cognitive A,B,C arity nesting loc returns. Above each namespace:
// namespace: name kind methods instance-variables complexity loc. Counted by hand.
package sample

import other.Base

// namespace: Account class 6 1 23.38 49
class Account(private val id: Int, name: String = f(1)) : Base(id) {
    // expect: Account.size.get 1 0 0,0,0 0 0 1 0
    // expect: Account.size.set 1 0 1,0,0 0 0 3 0
    var size: Int = 0
        get() = field + 1
        set(value) {
            field = value
        }

    // expect: Account.init 1 0 0,1,1 0 0 3 0
    init {
        check(id > 0)
    }

    // expect: Account.constructor 1 0 1,1,0 2 0 3 0
    constructor(a: Int, b: Int) : this(a) {
        size = b
    }

    // expect: Account.close 10 10 3,4,11 3 2 26 3
    suspend fun <T> String.close(force: Boolean = false, vararg rest: Int, f: (Int) -> Unit): Pair<Int, Int>? {
        if (size > 1 && force) { // C: >, force
            return null
        } else if (force) {
            f(1)
        } else {
            size++
        }
        outer@ for (i in rest) {
            while (i !in 1..2) {
                continue@outer
            }
        }
        val z = force ?: return
        /* no code */
        when (size) {
            1, 2 -> f(2)
            is Int -> { z = 1 }

            else -> {
            }
        }
        try {
            f(3)
        } catch (e: Exception) {
        }
        return (1 to 2) as Pair<Int, Int>
    }

    // expect: Account.each 3 4 0,3,3 1 1 1 0
    fun each(list: List<Int>) = list.map { if (it == 1) 2 else list.filter { x -> x === it || f(it) } }

    // expect: Account.outer 1 0 2,1,0 0 0 7 0
    fun outer() {
        // expect: Account.outer.inner 1 0 0,0,0 1 0 1 0
        fun inner(a: Int) = a * 2
        // expect: Account.outer.bound 1 0 0,0,0 2 0 1 1
        val bound = fun(a: Int, b: Int): Int { return a + b }
        val listener = object : Listener() {
            // expect: Account.outer.heard 1 0 0,1,0 0 0 1 0
            override fun heard() { inner(1) }
        }
    }

    // namespace: Account.Companion object 1 0 2.0 3
    companion object {
        // expect: Account.Companion.make 1 0 0,2,0 0 0 1 0
        fun make(): Account = Account(1).also { "${it.id}" }
    }

    abstract fun declared(a: Int)
}

// namespace: Color class 2 1 1.41 9
enum class Color(val r: Int) {
    RED(1) {
        // expect: Color.RED.mix 2 1 1,0,1 0 1 3 0
        override fun mix() {
            do { r -= 1 } while (r > 0)
        }
    },
    BLUE(2);

    // expect: Color.mix 1 0 0,0,0 0 0 1 0
    open fun mix() {}
}

// namespace: Single object 1 0 6.0 9
object Single {
    // expect: Single.only 4 2 0,0,6 1 1 7 2
    fun only(a: Any) {
        when {
            a is Int && a != 1 -> return
            a == 2 -> return
            else -> 2
        }
    }
}

// expect: top 1 0 0,0,0 1 0 1 0
fun top(x: Int) = x * 2
