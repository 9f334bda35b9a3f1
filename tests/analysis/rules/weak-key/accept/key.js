crypto.generateKeyPairSync("rsa", { modulusLength: 2048 });
crypto.generateKeyPairSync("ec", { namedCurve: "P-256" });
