const value: number = eval(code as string); // HERE
