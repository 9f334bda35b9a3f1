cipher = OpenSSL::Cipher.new("DES-EDE3-CBC") # HERE
cipher = OpenSSL::Cipher.new("aes-256-ecb") # HERE
