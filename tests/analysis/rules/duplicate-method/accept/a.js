class A {
  f() {}
  static f() {}
  get g() {}
  set g(a) {}
  [h]() {}
  [h]() {}
}
