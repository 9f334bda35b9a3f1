const options: Options = { rejectUnauthorized: false }; // HERE
