fn sum(data: &[u8]) {
    let a = md5::compute(data); // HERE
    let b = Md5::new(); // HERE
    let c = Sha1::digest(data); // HERE
}
