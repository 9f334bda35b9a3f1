function f() {
  debugger; // HERE
}
