class Tls {
    Object context = SSLContext.getInstance("TLSv1.2");
    Object other = SSLContext.getInstance("TLS");
}
