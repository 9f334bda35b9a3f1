const view = <Client options={{ rejectUnauthorized: true }} />;
