void sum(NSData *data) {
    CC_SHA256(data.bytes, (CC_LONG)data.length, digest);
}
