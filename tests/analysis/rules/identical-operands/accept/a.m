int check(Box *a, Box *b) {
    if (a.size == b.size) {
        return a->size - b->size;
    }
    return a->on && b->on && [a isOn] && [a isOn];
}
