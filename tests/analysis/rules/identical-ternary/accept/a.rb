x = a ? one : two
