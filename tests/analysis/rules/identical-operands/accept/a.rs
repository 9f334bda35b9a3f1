fn f() {
    let a = b * b;
    let c = d != d;
    let e = f() || f();
}
