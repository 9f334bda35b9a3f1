http.verify_mode = OpenSSL::SSL::VERIFY_NONE # HERE
Net::HTTP.start(host, verify_mode: OpenSSL::SSL::VERIFY_NONE) # HERE
