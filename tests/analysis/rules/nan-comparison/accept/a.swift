let a = b.isNaN
let c = Double.nan
