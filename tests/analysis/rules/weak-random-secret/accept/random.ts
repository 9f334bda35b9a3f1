const position: number = Math.random();
