begin
  work
rescue StandardError => e
  log e
end
begin
  work
rescue Exception => e
  @error = e
end
begin
  work
rescue Exception
  clean_up
  raise
end
