const digest = crypto.createHash("md5").update(user.password).digest("hex"); // HERE
