package a

func f() int {
	for _, x := range y {
		return x
	}
	for {
		one()
		break
	}
	for a {
		if b {
			break
		}
		return 1
	}
	for a {
		if b {
			continue
		}
		break
	}
	return 0
}
