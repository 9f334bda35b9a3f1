for (let i = 0; i < 10; i++) one();
for (let i = 10; i > 0; i--) one();
for (let i = 0; i < 10; j--) one();
for (let i = 0; i < 10; i += step) one();
for (let i = 0; 0 < i; i--) one();
