fn check(a: u32) {
    a == 1; // HERE
    self.a != a; // HERE
}
