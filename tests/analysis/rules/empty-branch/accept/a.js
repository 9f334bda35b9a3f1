if (a) {
  // settled above
}
if (a) {
} else {
  one();
}
for (; a < b; a++);
