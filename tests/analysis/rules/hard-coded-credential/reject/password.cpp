const auto password = "Xk9!mmo2p"; // HERE
