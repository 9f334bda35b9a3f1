defmodule A do
  def run(a, b) do
    start(user: "me", password: System.get_env("PASSWORD"))
    start(password: "changeme")
  end
end
