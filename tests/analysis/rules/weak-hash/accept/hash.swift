let a = SHA256.hash(data: data)
var b = SHA512()
CC_SHA256(bytes, length, &digest)
let c = table.hash(into: &hasher)
