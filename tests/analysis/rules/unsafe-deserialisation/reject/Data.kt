val value = ObjectInputStream(input).readObject() // HERE
