defmodule A do
  def run(a, b) do
    Client.get(a, [], ssl: [verify: :verify_none]) # HERE
  end
end
