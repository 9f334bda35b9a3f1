fun run() {
    try {
        work()
    } catch (e: NumberFormatException) {
    }
    try { work() } catch (ignored: Exception) {}
    try { work() } catch (e: Exception) { // nothing can be done
    }
    try { work() } catch (e: Exception) { log(e) }
}
