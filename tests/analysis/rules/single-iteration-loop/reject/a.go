package a

func f() int {
	for i := 0; i < n; i++ {
		one()
		return i // HERE
	}
	return 0
}
