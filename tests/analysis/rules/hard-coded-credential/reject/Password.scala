object Password { val password = "Xk9!mmo2p" } // HERE
