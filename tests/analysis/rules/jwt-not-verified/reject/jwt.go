package main

func read(token string) {
	parser.ParseUnverified(token, claims) // HERE
}
