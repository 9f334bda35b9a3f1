fn client() {
    let client = Client::builder().danger_accept_invalid_certs(false).build();
}
