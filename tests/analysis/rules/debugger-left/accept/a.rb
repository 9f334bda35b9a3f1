def f
  binding.local_variables
  binding.eval(a)
end
