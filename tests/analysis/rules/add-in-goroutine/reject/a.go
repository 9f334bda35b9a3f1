package a

func f() {
	go func() {
		wg.Add(1) // HERE
		defer wg.Done()
		one()
	}()
}
