connection.execute("SELECT * FROM users WHERE name = '#{name}'") # HERE
User.find_by_sql "SELECT * FROM users WHERE id = " + params[:id] # HERE
