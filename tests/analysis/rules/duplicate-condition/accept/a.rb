if a == 1
  one
elsif b == 1
  two
else
  three
end
