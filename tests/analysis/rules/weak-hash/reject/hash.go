package main

func sum(data []byte) {
	h := md5.New() // HERE
	s := sha1.Sum(data) // HERE
}
