class Data {
    private void readObject(ObjectInputStream in) {
        in.defaultReadObject();
    }
}
