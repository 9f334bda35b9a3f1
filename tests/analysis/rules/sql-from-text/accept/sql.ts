await db.query<User>("SELECT * FROM users WHERE name = $1", [name]);
