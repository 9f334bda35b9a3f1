package main

func client() {
	c := &tls.Config{InsecureSkipVerify: true} // HERE
	c.InsecureSkipVerify = true // HERE
}
