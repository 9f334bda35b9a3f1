package a

func f() int {
	if a {
		return 1
	}
	switch b {
	case 1:
		return 2
	default:
		break
	}
	goto end
end:
	return 3
}
