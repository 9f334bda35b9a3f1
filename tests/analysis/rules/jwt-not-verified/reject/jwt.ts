jwt.verify(token as string, key, { algorithms: ["none"] }); // HERE
