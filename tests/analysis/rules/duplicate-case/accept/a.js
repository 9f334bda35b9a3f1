switch (true) {
  case a > 1:
    one();
    break;
  case read():
    two();
    break;
  case read():
    three();
    break;
  default:
    four();
}
