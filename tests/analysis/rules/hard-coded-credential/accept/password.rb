password = ENV["PASSWORD"]
connect(password: "#{prefix}Xk9!")
