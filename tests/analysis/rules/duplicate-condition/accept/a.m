void size(int n) {
    if (n > 100) {
        large();
    } else if (n > 10) {
        medium();
    }
    if ([reader next] > 1) one(); else if ([reader next] > 1) two();
}
