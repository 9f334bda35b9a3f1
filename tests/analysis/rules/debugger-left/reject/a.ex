defmodule A do
  def run(a, b) do
    require IEx
    IEx.pry() # HERE
    IEx.pry # HERE
  end
end
