if a = find
  one
end
if a = b
  two
end
if a == 5
  three
end
