defmodule A do
  def run(a, b) do
    Code.eval_string(a) # HERE
    Code.eval_string("1 + #{b}") # HERE
  end
end
