password = "Xk9!mmo2p" # HERE
connect(password: "Xk9!mmo2p") # HERE
