digest = BCrypt::Password.create(params[:password])
etag = Digest::MD5.hexdigest(page)
