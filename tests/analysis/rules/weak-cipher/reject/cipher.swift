CCCrypt(CCOperation(kCCEncrypt), CCAlgorithm(kCCAlgorithmDES), options, key, size, iv, text, length, out, room, &moved) // HERE
