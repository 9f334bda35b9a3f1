for (let i = 0; i < 10; i--) one(); // HERE
for (let i = 10; i >= 0; ++i) one(); // HERE
for (let i = 0; i < n; i -= 2) one(); // HERE
