package main

func find(db *sql.DB, name string) {
	db.Query("SELECT * FROM users WHERE name = '" + name + "'") // HERE
	db.Exec(fmt.Sprintf("DELETE FROM users WHERE name = '%s'", name)) // HERE
	db.QueryContext(ctx, "SELECT * FROM users WHERE name = "+name) // HERE
}
