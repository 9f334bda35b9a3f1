package a

func f() {
	defer b.Close()
	for {
		defer b.Close()
		return
	}
	for _, a := range b {
		func() {
			defer a.Close()
		}()
	}
}
