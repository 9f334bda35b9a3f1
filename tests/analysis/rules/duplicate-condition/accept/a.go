package a

func f() {
	if x, ok := one(); ok {
		one(x)
	} else if x, ok := two(); ok {
		two(x)
	} else {
		three()
	}
}
