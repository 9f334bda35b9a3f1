package main

func make(key []byte) {
	a, _ := des.NewCipher(key) // HERE
	b, _ := rc4.NewCipher(key) // HERE
}
