if HERE
  one
else
  one
end
