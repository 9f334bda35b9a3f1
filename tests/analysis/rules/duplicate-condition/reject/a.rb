if a == 1
  one
elsif b
  two
elsif a == 1 # HERE
  three
end
