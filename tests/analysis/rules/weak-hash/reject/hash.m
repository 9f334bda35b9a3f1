void sum(NSData *data) {
    CC_MD5(data.bytes, (CC_LONG)data.length, digest); // HERE
    CC_SHA1(data.bytes, (CC_LONG)data.length, digest); // HERE
}
