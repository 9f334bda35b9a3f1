defmodule A do
  def run(a, b) do
    start(user: "me", password: "hx7!Lm2v") # HERE
  end
end
