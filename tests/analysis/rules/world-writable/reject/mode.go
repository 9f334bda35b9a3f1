package main

func open(path string) {
	os.Chmod(path, 0777)  // HERE
	os.Chmod(path, 0o666) // HERE
}
