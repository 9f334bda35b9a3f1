package a

func f() {
	for i := 0; i < 10; i++ {
		one()
	}
	for i := 10; i >= 0; i-- {
		one()
	}
}
