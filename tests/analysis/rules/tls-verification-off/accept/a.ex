defmodule A do
  def run(a, b) do
    Client.get(a, [], ssl: [verify: :verify_peer])
    Client.get(a, mode: :verify_none)
  end
end
