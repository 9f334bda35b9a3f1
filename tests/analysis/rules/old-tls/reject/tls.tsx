const view = <Client options={{ minVersion: "TLSv1.1" }} />; // HERE
