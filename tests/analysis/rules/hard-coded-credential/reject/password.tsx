const login = <Login options={{ password: "Xk9!mmo2p" }} />; // HERE
