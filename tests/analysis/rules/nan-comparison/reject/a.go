package a

var a = b == math.NaN() // HERE
