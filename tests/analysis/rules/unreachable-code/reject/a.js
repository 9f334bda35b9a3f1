function f() {
  one();
  return 1; // HERE
  two();
}
for (;;) {
  break // HERE
  three()
}
while (a) {
  one();
  continue; // HERE
  // well

  two();
}
