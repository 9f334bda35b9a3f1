int check(Box *a, Box *b) {
    if (a.size == a.size) { // HERE
        return a->size - a->size; // HERE
    }
    return a->on && b->on && a->on; // HERE
}
