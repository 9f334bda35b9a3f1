defmodule A do
  def run(a, b) do
    :crypto.hash(:sha256, a)
    :crypto.hash(kind, b)
  end
end
