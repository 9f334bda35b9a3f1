defmodule A do
  def run(a, b) do
    require IEx
    IEx.configure(colors: [enabled: true])
    pry(a)
  end
end
