package main

func keep(password string) {
	sum := sha1.Sum([]byte(password)) // HERE
}
