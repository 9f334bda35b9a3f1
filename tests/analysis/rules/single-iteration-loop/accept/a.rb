while a
  one
  break if b
end
while a
  next if b
  break
end
