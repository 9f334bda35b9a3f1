let a = b == Double.nan // HERE
let c = Float.nan == b // HERE
