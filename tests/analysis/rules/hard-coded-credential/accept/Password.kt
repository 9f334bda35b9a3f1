val password = System.getenv("PASSWORD")
