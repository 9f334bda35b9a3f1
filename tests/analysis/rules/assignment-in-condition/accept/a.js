if ((a = b)) one();
if (m = find(a)) two();
if (a === 5) three();
if (a += b) four();
if (hook = a.hook) six();
while (a = a.next) five();
