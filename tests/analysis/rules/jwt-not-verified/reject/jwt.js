jwt.verify(token, key, { algorithms: ["none"] }); // HERE
jwt.sign(claims, "", { algorithm: "none" }); // HERE
