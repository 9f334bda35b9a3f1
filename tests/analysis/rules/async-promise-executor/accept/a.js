const a = new Promise((resolve) => {
  setTimeout(async () => resolve(await one()), 1);
});
const c = new Promise(async (resolve, reject) => {
  try {
    resolve(await one());
  } catch (e) {
    reject(e);
  }
});
const b = new Queue(async () => {});
