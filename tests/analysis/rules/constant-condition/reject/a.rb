if false # HERE
  one
end
x = true ? 1 : 2 # HERE
while nil # HERE
  two
end
