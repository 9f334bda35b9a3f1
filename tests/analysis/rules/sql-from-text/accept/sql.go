package main

func find(db *sql.DB, name string) {
	db.Query("SELECT * FROM users WHERE name = ?", name)
	db.Exec(fmt.Sprintf("DELETE FROM %s", table))
	db.Exec("SELECT * FROM users WHERE id = " + strconv.Itoa(id))
	u.Query("a = " + name)
}
