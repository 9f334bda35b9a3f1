const view = <Client options={{ rejectUnauthorized: false }} />; // HERE
