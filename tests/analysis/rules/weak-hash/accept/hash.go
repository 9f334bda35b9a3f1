package main

func sum(data []byte) {
	s := sha256.Sum256(data)
}
