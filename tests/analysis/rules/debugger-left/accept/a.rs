fn f() {
    debug!("dbg!");
}
