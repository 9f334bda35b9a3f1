package a

func f() {
	for _, a := range b {
		for i := 0; i < 3; i++ {
			defer a.Close() // HERE
		}
	}
}
