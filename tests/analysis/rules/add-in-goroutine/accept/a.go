package a

func f() {
	wg.Add(1)
	go func() {
		defer wg.Done()
		one()
	}()
	go func() {
		counter.Add(1)
	}()
	go one()
}
