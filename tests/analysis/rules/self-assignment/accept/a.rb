def f(a)
  @a = a
  self.a = self.a
  a ||= a
  b = a
end
