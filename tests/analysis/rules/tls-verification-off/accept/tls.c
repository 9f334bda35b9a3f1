void start(void) {
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
    SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, NULL);
}
