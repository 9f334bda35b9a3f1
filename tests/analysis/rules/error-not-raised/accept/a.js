throw new Error("a");
const e = new Error("b");
new Handler(new Error("c"));
