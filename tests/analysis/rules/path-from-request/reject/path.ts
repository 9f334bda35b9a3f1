const body: Buffer = fs.readFileSync(req.params.name as string); // HERE
