object Data { val value = new DataInputStream(input) }
