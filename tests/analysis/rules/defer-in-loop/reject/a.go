package a

func f() {
	for _, a := range b {
		for {
			defer a.Close() // HERE
		}
	}
}
