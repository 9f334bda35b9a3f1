const a = crypto.createHash("sha256").update(data);
const b = crypto.createHash(name);
