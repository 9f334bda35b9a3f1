void check(int a, Box *b) {
    a == 1; // HERE
    b->a != a; // HERE
}
