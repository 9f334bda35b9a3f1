const a = new Promise(async (resolve) => { // HERE
  resolve(await one());
});
