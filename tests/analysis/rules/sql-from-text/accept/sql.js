db.query("SELECT * FROM users WHERE id = ?", [id]);
db.query(`SELECT * FROM users WHERE id = ${db.escape(id)}`);
db.query(`SELECT * FROM ${table}`);
db.query(sql`SELECT * FROM users WHERE id = ${id}`);
element.query(`a[href = ${link}]`);
