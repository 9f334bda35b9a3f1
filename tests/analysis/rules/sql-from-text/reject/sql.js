db.query("SELECT * FROM users WHERE id = " + id); // HERE
db.query(`SELECT * FROM users WHERE name = '${req.body.name}'`, done); // HERE
