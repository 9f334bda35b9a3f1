token = SecureRandom.hex
index = rand(9)
