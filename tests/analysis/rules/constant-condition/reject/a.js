if (false) { // HERE
  one();
}
while (0) two(); // HERE
x = true ? 1 : 2; // HERE
