const options: Options = { minVersion: "TLSv1.3" };
