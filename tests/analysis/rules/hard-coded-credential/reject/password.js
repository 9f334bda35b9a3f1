const password = "Xk9!mmo2p"; // HERE
connect({ user: "app", password: "Xk9!mmo2p" }); // HERE
