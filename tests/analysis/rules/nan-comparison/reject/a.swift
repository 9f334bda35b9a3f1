let a = b == Double.nan // HERE
let c = b != Double.nan // HERE
