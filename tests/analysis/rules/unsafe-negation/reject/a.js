if (!a in b) one(); // HERE
if (!a instanceof B) two(); // HERE
