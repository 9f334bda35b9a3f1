if (a = 5) one(); // HERE
if (a.b = "c") two(); // HERE
