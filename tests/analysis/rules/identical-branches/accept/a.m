void pick(int a) {
    if (a) {
        [self run:1];
    } else {
        [self run:2];
    }
}
