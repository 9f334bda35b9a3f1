const dbPassword: string = read("Xk9!mmo2p");
