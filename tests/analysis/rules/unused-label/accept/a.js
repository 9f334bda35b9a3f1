outer: for (const x of y) {
  for (const z of x) if (z) continue outer;
}
