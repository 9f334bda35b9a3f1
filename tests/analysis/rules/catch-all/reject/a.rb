begin
  work
rescue Exception => e # HERE
  log e
end
