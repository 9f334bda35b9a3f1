if (a === 1) one();
else if (b) two();
else if ((a === 1)) three(); // HERE
else if (b) { // HERE
  four();
}
