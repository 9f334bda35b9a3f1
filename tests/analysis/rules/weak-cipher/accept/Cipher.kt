val cipher = Cipher.getInstance("AES/GCM/NoPadding")
