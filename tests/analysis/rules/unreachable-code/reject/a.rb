def f
  return 1 # HERE
  one
end
