package a

var a = math.IsNaN(b)
var c = math.NaN()
