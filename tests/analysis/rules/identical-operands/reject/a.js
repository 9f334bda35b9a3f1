a = b.c - b.c; // HERE
if (a && (a) && b) one(); // HERE
if (a.b === a.b) two(); // HERE
if (c || (a && a)) three(); // HERE
