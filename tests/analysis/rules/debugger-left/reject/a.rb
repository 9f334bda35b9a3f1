def f
  binding.pry # HERE
  byebug # HERE
  debugger if a # HERE
end
