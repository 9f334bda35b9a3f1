package main

func list(path string) {
	exec.Command("ls", path)
	exec.Command("sh", "-c", script)
	exec.Command("sh", "-c", "ls")
	exec.Command("go", "-C", "a"+path)
}
