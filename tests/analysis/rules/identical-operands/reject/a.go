package a

var a = b.c == b.c // HERE
var d = e || e     // HERE
