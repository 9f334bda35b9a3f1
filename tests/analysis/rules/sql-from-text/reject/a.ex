defmodule A do
  def run(a, b) do
    Repo.query("SELECT * FROM people WHERE name = '#{a}'") # HERE
    Repo.query!("DELETE FROM people WHERE id = " <> b) # HERE
    Ecto.Adapters.SQL.query(Repo, "SELECT * FROM people WHERE id = #{a}") # HERE
  end
end
