digest = Digest::MD5.hexdigest(params[:password]) # HERE
