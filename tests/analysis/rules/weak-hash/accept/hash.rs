fn sum(data: &[u8]) {
    let a = Sha256::digest(data);
    let b = Sha256::new();
    let c = String::new();
}
