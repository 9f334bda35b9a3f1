defmodule A do
  def run(a, b) do
    Repo.query("SELECT * FROM people WHERE name = $1", [a])
    Repo.query("SELECT * FROM #{table} WHERE id = $1", [b])
  end
end
