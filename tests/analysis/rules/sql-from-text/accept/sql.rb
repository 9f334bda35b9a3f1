connection.execute("SELECT * FROM users WHERE name = #{connection.quote(name)}")
User.where("name = ?", name)
connection.execute("ALTER TABLE #{table} ADD x integer")
