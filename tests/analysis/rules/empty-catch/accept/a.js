try {
  work();
} catch (ignored) {
}
try {
  work();
} catch {
  // not there: fine
}
try {
  work();
} catch (e) {
  log(e);
}

try {
  g();
} catch (error) {} // there is none of it
