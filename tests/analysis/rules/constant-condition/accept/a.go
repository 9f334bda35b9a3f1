package a

func f() {
	for true {
		one()
	}
	if debug {
		two()
	}
}
