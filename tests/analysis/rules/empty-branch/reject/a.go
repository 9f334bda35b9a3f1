package a

func f() {
	if HERE != nil {
	}
}
