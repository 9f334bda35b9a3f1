list.forEach(async (a) => { // HERE
  await one(a);
});
