defmodule A do
  def run(a, b) do
    System.cmd("sh", ["-c", "ls #{a}"]) # HERE
    System.shell("ls #{a}") # HERE
    :os.cmd('ls #{b}') # HERE
  end
end
