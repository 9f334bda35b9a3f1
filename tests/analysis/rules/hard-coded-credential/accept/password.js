const password = process.env.PASSWORD;
connect({ user: "app", password: "password1!" });
const passwordField = "#field-2x";
