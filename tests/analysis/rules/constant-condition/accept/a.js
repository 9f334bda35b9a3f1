while (true) one();
for (;;) two();
do { three(); } while (false);
if (a) four();
if (DEBUG) five();
