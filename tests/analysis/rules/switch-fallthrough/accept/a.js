switch (a) {
  case 1:
  case 2:
    one();
    break;
  case 3:
    two();
    // falls through
  case 4:
    return 1;
  case 5: {
    three();
    break;
  }
  case 6:
    process.exit(1);
  case 7:
    if (b) return 1;
    else return 2;
  default:
    three();
}
switch (b) {
  case 2: two();
  case 1: one();
}
