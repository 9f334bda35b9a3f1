package a

func f() {
	if a != nil {
		// settled above
	}
	if a {
	} else {
		one()
	}
}
