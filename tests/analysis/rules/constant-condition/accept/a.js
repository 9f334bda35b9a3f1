while (true) one();
for (;;) two();
do { three(); } while (false);
if (a) four();
if (false) {
} else if (a) six();
if (DEBUG) five();
