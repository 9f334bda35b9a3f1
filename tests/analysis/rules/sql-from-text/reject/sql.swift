sqlite3_exec(db, "SELECT * FROM users WHERE name = '\(name)'", nil, nil, nil) // HERE
database.executeUpdate("DELETE FROM users WHERE name = '\(name)'", values: nil) // HERE
