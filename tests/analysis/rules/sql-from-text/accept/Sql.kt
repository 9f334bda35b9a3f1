fun find(db: Database, name: String) {
    db.rawQuery("SELECT * FROM users WHERE name = ?", arrayOf(name))
    db.rawQuery("SELECT * FROM $TABLE WHERE kind = $KIND", null)
    db.execSQL("DELETE FROM $table WHERE name = ?", arrayOf(name))
    db.execSQL("SELECT price FROM goods WHERE price = '\$5'")
}
