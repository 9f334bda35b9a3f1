key = OpenSSL::PKey::RSA.new(2048)
key = OpenSSL::PKey::RSA.new(pem)
