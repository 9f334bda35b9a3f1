function f() {
  if (a)
    return 1;
  if (b) return 2;
  return g();
  function g() {}
}
switch (a) {
  case 1:
    return;
    break;
  case 2:
    throw a;
  default:
    break;
}
while (a)
continue;
one();
