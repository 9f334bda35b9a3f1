HERE: for (const x of y) {
  if (x) break;
}
