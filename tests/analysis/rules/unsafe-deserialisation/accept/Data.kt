val value = DataInputStream(input).readInt()
