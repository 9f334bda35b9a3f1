defmodule A do
  def run(a, b) do
    :erlang.binary_to_term(a) # HERE
  end
end
