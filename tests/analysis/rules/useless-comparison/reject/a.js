a === 1; // HERE
b != c; // HERE
