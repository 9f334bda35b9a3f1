try {
  work();
} catch (HERE) {
}
try {
  work();
} catch {}; // HERE
