package main

import "crypto/rand"

func make() {
	token, err := rand.Int(rand.Reader, most)
}
