val a = MessageDigest.getInstance("MD5") // HERE
