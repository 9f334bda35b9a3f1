package a

func f() {
	defer b.Close()
	for _, a := range b {
		func() {
			defer a.Close()
		}()
	}
}
