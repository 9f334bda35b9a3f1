const serialize = require("node-serialize");
const value = serialize.unserialize(req.body); // HERE
