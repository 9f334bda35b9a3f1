new Error("a"); // HERE
new errors.TypeError("a"); // HERE
