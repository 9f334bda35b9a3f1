fun find(db: Database, name: String) {
    db.rawQuery("SELECT * FROM users WHERE name = '$name'", null) // HERE
    db.execSQL("DELETE FROM users WHERE name = '${name}'") // HERE
    statement.executeQuery("SELECT * FROM users WHERE name = '" + name + "'") // HERE
}
