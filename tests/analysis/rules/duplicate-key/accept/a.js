a = { b: 1, c: 2, [b]: 3, [b]: 4 };
d = { b: 1, ...a, b: 2 };
e = { get b() { return 1; }, set b(c) {} };
