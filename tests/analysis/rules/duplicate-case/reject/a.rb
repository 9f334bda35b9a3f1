case a
when 1, 2
  one
when 2 # HERE
  two
end
