cipher = OpenSSL::Cipher.new("aes-256-gcm")
cipher = OpenSSL::Cipher.new(name)
