const agent = new https.Agent({ rejectUnauthorized: true });
const other = new https.Agent({ rejectUnauthorized: options.strict });
