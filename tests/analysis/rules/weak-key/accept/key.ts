const pair: KeyPair = generateKeyPairSync("rsa", { modulusLength: 4096 });
