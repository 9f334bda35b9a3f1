fn run() {
    if true { // HERE
        work();
    }
    let a = if false { 1 } else { 2 }; // HERE
}
