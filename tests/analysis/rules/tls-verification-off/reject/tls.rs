fn client() {
    let client = Client::builder().danger_accept_invalid_certs(true).build(); // HERE
}
