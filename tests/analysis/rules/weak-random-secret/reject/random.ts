const apiKey: string = Math.random().toString(36); // HERE
