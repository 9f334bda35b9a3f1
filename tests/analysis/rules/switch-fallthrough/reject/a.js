switch (a) {
  case 1:
    one();
  case 2: // HERE
    two();
    break;
  default:
    three();
}
