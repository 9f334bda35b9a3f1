package a

func f() {
	time.Sleep(10) // HERE
}
