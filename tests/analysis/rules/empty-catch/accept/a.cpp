void run(int a, int b)
{
    try {
        start(a);
    } catch (...) {
        // the stream is closing: nobody is there to tell
    }
    try {
        start(a);
    } catch (const not_found &) {
    } catch (...) {
        report(a);
    }
}
