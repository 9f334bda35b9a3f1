package a

func f() int {
	return 1 // HERE
	one()
}
