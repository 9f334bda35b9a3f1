if a = 5 # HERE
  one
end
