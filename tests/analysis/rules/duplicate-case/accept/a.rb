case a
when 1
  case b
  when 1
    one
  end
when 2
  two
end
