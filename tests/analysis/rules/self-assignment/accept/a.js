a = b;
a += a;
this.b = b;
window.location.href = window.location.href;
next().a = next().a;
c = c / d;
e = e
  .trim();
