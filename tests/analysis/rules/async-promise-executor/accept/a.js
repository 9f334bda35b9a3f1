const a = new Promise((resolve) => {
  setTimeout(async () => resolve(await one()), 1);
});
const b = new Queue(async () => {});
