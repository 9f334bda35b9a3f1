class A {
  f() {}
  f() {} // HERE
}
