if (a === NaN) one(); // HERE
if (Number.NaN == a) two(); // HERE
