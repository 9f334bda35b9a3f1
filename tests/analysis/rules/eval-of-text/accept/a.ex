defmodule A do
  def run(a, b) do
    Code.eval_string("1 + 1")
    Code.string_to_quoted(a)
  end
end
