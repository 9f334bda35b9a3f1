for (const key in a) {
  return false;
}
for (;;) {
  if (a) break;
  one();
  break;
}
while (a) {
  if (b) continue;
  return 1;
}
while (a) if (b) return 1;
