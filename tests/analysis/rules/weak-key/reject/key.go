package main

func make() {
	key, err := rsa.GenerateKey(rand.Reader, 1024) // HERE
}
