for (let i = 0; i < n; i++) {
  one();
  break; // HERE
}
while (a) {
  return 1; // HERE
}
