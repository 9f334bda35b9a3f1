def f
  return 1 if a
  return 2 unless b
  while c
    break
  end
  return 3
end
