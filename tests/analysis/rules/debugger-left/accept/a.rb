alias b debugger
def debugger
end
def f
  binding.local_variables
  binding.eval(a)
end
