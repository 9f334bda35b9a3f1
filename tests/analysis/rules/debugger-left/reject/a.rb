def f
  binding.pry # HERE
  byebug # HERE
end
