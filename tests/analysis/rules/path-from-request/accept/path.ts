const body: Buffer = fs.readFileSync(name as string);
