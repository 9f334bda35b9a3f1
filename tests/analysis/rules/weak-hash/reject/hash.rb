a = Digest::MD5.hexdigest(data) # HERE
b = OpenSSL::Digest.new("SHA1") # HERE
