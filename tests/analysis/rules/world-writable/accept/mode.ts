fs.chmodSync(path as string, 0o640);
