a = b * b;
if (a !== a) one();
if (next() || next()) two();
if (a[i++] === a[i++]) three();
b = 1 << 1;
c = a && b || a && c;
d = 'x' === 'x';
e = a && a.b && a;
f = a.b !== a.b;
