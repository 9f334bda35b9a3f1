const a: Hash = createHash("sha512");
