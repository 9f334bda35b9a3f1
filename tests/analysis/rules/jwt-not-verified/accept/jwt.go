package main

func read(token string) {
	parser.ParseWithClaims(token, claims, key)
}
