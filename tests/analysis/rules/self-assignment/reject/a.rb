def f(a)
  a = a # HERE
end
