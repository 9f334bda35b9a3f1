function f() {
  for (;;) {
    try {
      work();
    } finally {
      if (a) continue; // HERE
      return 1; // HERE
    }
  }
}
