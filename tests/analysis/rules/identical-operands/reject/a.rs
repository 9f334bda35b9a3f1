fn f() {
    let a = b - b; // HERE
    let c = d && d; // HERE
}
