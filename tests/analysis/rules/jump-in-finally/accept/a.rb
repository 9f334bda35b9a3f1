def f
  return work
ensure
  list.each { |x| next if x }
  while x
    break
  end
end
