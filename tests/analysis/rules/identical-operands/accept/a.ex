defmodule A do
  def some?([_ | _]), do: true

  def run(a, b) do
    if x.first == x.second do
      start(a - b)
    end
    if next(b) == next(b) or a != a do
      start([a | b], a <> a, a ++ a)
    end
  end
end
