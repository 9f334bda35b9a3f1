const a: Hash = createHash("sha1"); // HERE
