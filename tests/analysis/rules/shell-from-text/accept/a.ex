defmodule A do
  def run(a, b) do
    System.cmd("ls", [a])
    System.cmd("sh", ["-c", "ls"])
    System.shell("ls")
    :os.cmd('ls')
  end
end
