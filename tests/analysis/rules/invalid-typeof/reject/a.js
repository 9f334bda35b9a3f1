if (typeof a === "undefnied") one(); // HERE
if ("int" == typeof a) two(); // HERE
