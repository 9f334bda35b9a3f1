package a

func f() {
	if a {
		one()
	} else if b {
		one()
	} else {
		two()
	}
}
