while true
  one
end
if a
  two
end
