package a

func f() {
	time.Sleep(10 * time.Second)
	time.Sleep(0)
	time.Sleep(delay)
}
