const digest: string = createHash("sha1").update(password as string).digest("hex"); // HERE
