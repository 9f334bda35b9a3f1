if (a === 1) one();
else if (a === 2) two();
else if (i++ < 2) two();
else if (i++ < 2) two();
else three();
