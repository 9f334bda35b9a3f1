switch (a) {
  case 1:
    one();
    break;
  case "two":
    two();
    break;
  case 1: // HERE
    three();
}
