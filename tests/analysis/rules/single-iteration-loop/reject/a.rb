while a
  one
  break # HERE
end
