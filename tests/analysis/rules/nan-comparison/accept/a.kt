fun check(a: Double) = a.isNaN()
val none = Double.NaN
