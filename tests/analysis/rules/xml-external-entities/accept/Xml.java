class Xml {
    void set(DocumentBuilderFactory factory) {
        factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
    }
}
