const digest = crypto.createHash("md5").update(page).digest("hex");
const prefix = crypto.createHash("sha256").update(password);
