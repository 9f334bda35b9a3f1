class Data {
    Object read(InputStream in) {
        return new ObjectInputStream(in).readObject(); // HERE
    }
}
