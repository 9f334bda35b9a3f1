setTimeout(refresh, 10);
setTimeout("refresh()", 10);
setTimeout(() => eval("1"), 10);
const f = new Function("return this");
f instanceof Function;
