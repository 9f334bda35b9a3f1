fs.readFile("files/" + path.basename(req.query.name), done);
res.sendFile(req.params.name, { root: folder });
fs.readFile(name, done);
