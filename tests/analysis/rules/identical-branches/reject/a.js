if (HERE) {
  one();
} else if (b) {
  one();
} else {
  one();
}
