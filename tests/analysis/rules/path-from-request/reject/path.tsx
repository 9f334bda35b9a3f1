const view = <pre>{fs.readFileSync(req.query.name)}</pre>; // HERE
