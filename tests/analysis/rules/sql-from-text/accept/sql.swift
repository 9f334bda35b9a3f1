sqlite3_exec(db, "SELECT * FROM users WHERE name = 'Ann'", nil, nil, nil)
database.executeUpdate("DELETE FROM users WHERE name = ?", values: [name])
connection.query("SELECT * FROM users WHERE name = \(name)")
