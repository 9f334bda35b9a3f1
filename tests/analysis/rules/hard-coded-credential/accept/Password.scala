object Password { val password = sys.env("PASSWORD") }
