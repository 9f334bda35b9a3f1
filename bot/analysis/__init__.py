"""The craft: measures source code in a locked child process and says what a change made better or worse."""
