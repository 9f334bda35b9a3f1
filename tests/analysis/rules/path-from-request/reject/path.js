fs.readFile("files/" + req.query.name, done); // HERE
res.sendFile(`${folder}/${req.params.name}`); // HERE
