const PASSWORD: &str = "Xk9!mmo2p"; // HERE
