def f
  work
ensure
  return 1 # HERE
end
