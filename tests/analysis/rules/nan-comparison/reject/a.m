int check(double a) {
    return a == NAN; // HERE
}
