a = Digest::SHA256.hexdigest(data)
b = OpenSSL::Digest.new("SHA256")
