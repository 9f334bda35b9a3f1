object Data { val value = new ObjectInputStream(input) } // HERE
