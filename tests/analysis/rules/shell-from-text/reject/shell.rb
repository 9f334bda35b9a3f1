system("rm -r #{path}") # HERE
out = `ls #{path}` # HERE
system "sh", "-c", "ls #{path}" # HERE
IO.popen("ls " + path) # HERE
