defmodule A do
  def run(a, b) do
    :crypto.hash(:md5, a) # HERE
    :crypto.hash(:sha, b) # HERE
    :erlang.md5(a) # HERE
  end
end
