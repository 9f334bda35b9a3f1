class A
{
    void Run(int a, int b)
    {
        var one = new SqlCommand("SELECT * FROM people WHERE name = '" + name + "'", connection); // HERE
        var two = new NpgsqlCommand($"DELETE FROM people WHERE id = {id}"); // HERE
        context.Database.ExecuteSqlRaw($"UPDATE people SET name = '{name}'"); // HERE
    }
}
