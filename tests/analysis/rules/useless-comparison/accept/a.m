int check(int a, Box *b) {
    BOOL c = a == 1;
    NSAssert(a == 1, @"one");
    return b->a == a;
}
