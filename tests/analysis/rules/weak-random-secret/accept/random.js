const token = crypto.randomBytes(20).toString("hex");
const x = Math.random();
