await db.query<User>(`SELECT * FROM users WHERE name = '${name}'`); // HERE
