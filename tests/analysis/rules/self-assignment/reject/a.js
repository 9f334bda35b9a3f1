a = a; // HERE
this.b = this.b; // HERE
