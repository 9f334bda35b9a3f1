list.forEach((a) => one(a));
await Promise.all(list.map(async (a) => one(a)));
