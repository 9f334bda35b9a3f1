http.verify_mode = OpenSSL::SSL::VERIFY_PEER
puts "VERIFY_NONE" if http.verify_mode == OpenSSL::SSL::VERIFY_NONE
