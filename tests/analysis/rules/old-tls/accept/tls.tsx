const view = <Client options={{ minVersion: "TLSv1.3" }} />;
