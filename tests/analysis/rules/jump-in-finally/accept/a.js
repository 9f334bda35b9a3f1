function f() {
  try {
    return work();
  } finally {
    for (const x of y) if (x) break;
    switch (z) {
      case 1: break;
    }
    each(() => { return 1; });
  }
}
