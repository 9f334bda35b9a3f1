package main

func open() {
	password := os.Getenv("PASSWORD")
	c := Config{Password: password}
}
