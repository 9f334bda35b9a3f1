package a

var a = b*b + b
var c = f != f
var d = e() || e()
var g = <-h || <-h
