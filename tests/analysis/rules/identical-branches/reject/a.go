package a

func f() {
	if HERE {
		one()
	} else {
		one()
	}
}
