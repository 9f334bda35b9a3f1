const agent = new https.Agent({ rejectUnauthorized: false }); // HERE
process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0"; // HERE
