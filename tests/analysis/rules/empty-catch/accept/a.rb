begin
  work
rescue => error
end
later(error)
begin
  work
rescue KeyError
end
begin
  work
rescue => e
  # the file may be gone already
end
begin
  work
rescue => e
  log e
end
