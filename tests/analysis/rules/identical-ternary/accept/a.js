x = a ? one : two;
