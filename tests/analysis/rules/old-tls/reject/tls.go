package main

func client() {
	c := &tls.Config{MinVersion: tls.VersionTLS10} // HERE
}
