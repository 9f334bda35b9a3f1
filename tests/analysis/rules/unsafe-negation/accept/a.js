if (!(a in b)) one();
if ((!a) in b) two();
if (a instanceof B) three();
for (const x in y) four(!x);
