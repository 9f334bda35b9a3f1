class Careful implements X509TrustManager {
    public void checkServerTrusted(X509Certificate[] chain, String kind) {
        inner.checkServerTrusted(chain, kind);
    }

    public void checkClientTrusted(X509Certificate[] chain, String kind) {}
}
