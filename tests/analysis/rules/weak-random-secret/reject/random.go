package main

import "math/rand"

func make() {
	token := rand.Intn(1000000) // HERE
}
