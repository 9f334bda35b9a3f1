system("ls", path)
out = `ls`
system("rm -r #{Shellwords.escape(path)}")
system "git commit -m x"
