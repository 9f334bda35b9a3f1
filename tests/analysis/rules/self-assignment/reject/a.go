package a

func f() {
	a = a       // HERE
	b, c = b, c // HERE
}
