fn check(a: u32) -> bool {
    let b = a == 1;
    assert!(a == 1);
    a == 1
}
