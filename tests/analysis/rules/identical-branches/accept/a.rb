if a
  one
else
  two
end
if a
  one
elsif b
  one
end
