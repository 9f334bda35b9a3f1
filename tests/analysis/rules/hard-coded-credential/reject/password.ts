const dbPassword: string = "Xk9!mmo2p"; // HERE
