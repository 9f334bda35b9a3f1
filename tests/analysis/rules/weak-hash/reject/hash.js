const a = crypto.createHash("md5").update(data); // HERE
const b = CryptoJS.SHA1(data); // HERE
