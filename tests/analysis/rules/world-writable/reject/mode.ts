fs.chmodSync(path as string, 0o666); // HERE
