val token = Random.nextLong().toString() // HERE
