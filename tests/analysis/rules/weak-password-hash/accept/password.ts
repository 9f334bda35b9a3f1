const digest: string = createHash("sha1").update(page as string).digest("hex");
