package main

func open(path string) {
	os.Chmod(path, 0755)
	os.Chmod(path, mode)
}
