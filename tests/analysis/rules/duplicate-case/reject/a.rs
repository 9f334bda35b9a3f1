fn name(n: u32) -> &'static str {
    match n {
        1 => "one",
        2 => "two",
        1 => "three", // HERE
        _ => "many",
    }
}
