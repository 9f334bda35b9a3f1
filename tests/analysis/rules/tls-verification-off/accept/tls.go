package main

func client() {
	c := &tls.Config{InsecureSkipVerify: false}
	d := &tls.Config{InsecureSkipVerify: insecure}
}
