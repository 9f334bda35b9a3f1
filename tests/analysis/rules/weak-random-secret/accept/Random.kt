val token = SecureRandom().nextLong().toString()
