const pair: KeyPair = generateKeyPairSync("rsa", { modulusLength: 512 }); // HERE
