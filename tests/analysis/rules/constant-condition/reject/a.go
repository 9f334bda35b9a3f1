package a

func f() {
	if false { // HERE
		one()
	}
}
