fs.chmodSync(path, 0o777); // HERE
fs.chmod(path, "777", done); // HERE
