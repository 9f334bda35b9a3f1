void size(int n) {
    if (n > 100) {
        large();
    } else if (n > 10) {
        medium();
    } else if (n > 100) { // HERE
        huge();
    }
}
