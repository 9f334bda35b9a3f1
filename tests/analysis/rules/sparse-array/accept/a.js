a = [1, 2,];
const [, b] = a;
c = ["a,,b"];
d = [];
