int check(double a) {
    double none = NAN;
    return isnan(a);
}
