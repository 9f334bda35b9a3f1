name.trim(); // HERE
list.concat(other); // HERE
