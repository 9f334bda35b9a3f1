val a = MessageDigest.getInstance("SHA-256")
