const options: Options = { minVersion: "TLSv1.1" }; // HERE
