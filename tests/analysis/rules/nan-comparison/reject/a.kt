fun check(a: Double) = a == Double.NaN // HERE
