eval(code); // HERE
const f = new Function("a", body); // HERE
setTimeout("refresh(" + id + ")", 10); // HERE
