if ((a = b)) one();
if (m = find(a)) two();
if (a === 5) three();
if (a += b) four();
while (a = a.next) five();
