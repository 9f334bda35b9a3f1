defmodule A do
  def run(a, b) do
    :erlang.binary_to_term(a, [:safe])
    a |> :erlang.binary_to_term([:safe])
    :erlang.binary_to_term(:erlang.term_to_binary(b))
    :erlang.binary_to_term("abc")
  end
end
