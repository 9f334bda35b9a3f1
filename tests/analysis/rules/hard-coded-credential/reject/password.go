package main

const dbPassword = "Xk9!mmo2p" // HERE

func open() {
	password := "Xk9!mmo2p"                 // HERE
	c := Config{Password: "Xk9!mmo2p"}      // HERE
}
