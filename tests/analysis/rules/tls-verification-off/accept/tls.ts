const options: Options = { rejectUnauthorized: true };
