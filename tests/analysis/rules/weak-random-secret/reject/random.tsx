const view = <F options={{ nonce: Math.random() }} />; // HERE
