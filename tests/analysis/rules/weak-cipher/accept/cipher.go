package main

func make(key []byte) {
	a, _ := aes.NewCipher(key)
}
