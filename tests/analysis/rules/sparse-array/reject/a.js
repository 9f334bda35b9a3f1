a = [1,, 2]; // HERE
b = [, 1]; // HERE
