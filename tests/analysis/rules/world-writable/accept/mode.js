fs.chmodSync(path, 0o755);
fs.chmod(path, 511, done);
