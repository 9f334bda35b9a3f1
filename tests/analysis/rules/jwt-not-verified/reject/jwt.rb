JWT.decode(token, nil, false) # HERE
