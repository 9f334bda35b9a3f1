const pair = <K of={generateKeyPairSync("rsa", { modulusLength: 1024 })} />; // HERE
