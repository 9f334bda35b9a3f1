a = b === 1;
if (a === 1) one();
const c = () => a === 1;
a && b();
