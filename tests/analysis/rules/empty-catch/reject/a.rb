begin
  work
rescue StandardError, HERE
end
begin
  work
rescue => HERE
end
