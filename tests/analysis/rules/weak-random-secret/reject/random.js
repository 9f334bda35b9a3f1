const token = Math.random().toString(36); // HERE
session.secret = prefix + Math.random(); // HERE
