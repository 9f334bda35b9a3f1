class Tls {
    Object context = SSLContext.getInstance("TLSv1"); // HERE
}
