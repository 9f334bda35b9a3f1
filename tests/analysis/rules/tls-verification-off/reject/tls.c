void start(void) {
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 0L); /* HERE */
    SSL_CTX_set_verify(ctx, SSL_VERIFY_NONE, NULL); /* HERE */
}
