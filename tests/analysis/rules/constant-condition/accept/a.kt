fun run(trueish: Boolean) {
    if (trueish) {
        work()
    }
    while (true) {
        work()
    }
    if (BuildConfig.DEBUG) work()
}
