fun run() {
    try {
        work()
    } /* HERE */ catch (e: Exception) {
    }
}
