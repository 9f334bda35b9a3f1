defmodule A do
  def run(a, b) do
    if x.first == x.first do # HERE
      start(a - a) # HERE
    end
    if a > 1 and b > 1 and a > 1 do # HERE
      start(b)
    end
  end
end
