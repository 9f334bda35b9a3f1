const pair = <K of={generateKeyPairSync("rsa", { modulusLength: 2048 })} />;
