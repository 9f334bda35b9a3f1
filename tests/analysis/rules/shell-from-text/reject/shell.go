package main

func list(path string) {
	exec.Command("sh", "-c", "ls "+path)                                  // HERE
	exec.CommandContext(ctx, "/bin/bash", "-c", fmt.Sprintf("ls %s", path)) // HERE
}
