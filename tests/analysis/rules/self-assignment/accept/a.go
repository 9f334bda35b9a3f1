package a

func f() {
	a = b
	b, c = c, b
	x := x
	a += a
}
