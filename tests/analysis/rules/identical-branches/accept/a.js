if (a) {
  one();
} else {
  two();
}
if (a) {
} else {
}
if (a) {
  one();
} else if (b) {
  one();
}
