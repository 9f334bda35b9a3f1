package main

func client() {
	c := &tls.Config{MinVersion: tls.VersionTLS12}
}
