void pick(int a) {
    /* HERE */ if (a) {
        [self run:1];
    } else {
        [self run:1];
    }
}
