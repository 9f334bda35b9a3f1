let a = Insecure.MD5.hash(data: data) // HERE
var b = Insecure.SHA1() // HERE
CC_MD5(bytes, length, &digest) // HERE
