val cipher = Cipher.getInstance("RC4") // HERE
