fn name(n: u32) -> &'static str {
    match n {
        1 if odd => "one",
        1 => "two",
        #[cfg(unix)]
        SOME => "here",
        #[cfg(not(unix))]
        SOME => "there",
        _ => "many",
    }
}
