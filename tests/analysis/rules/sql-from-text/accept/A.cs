class A
{
    void Run(int a, int b)
    {
        var one = new SqlCommand("SELECT * FROM people WHERE name = @name", connection);
        var two = new NpgsqlCommand($"DELETE FROM {table} WHERE id = @id");
        var three = new SqlCommand($"SELECT * FROM people WHERE id = {MAX_ID}");
        context.Database.ExecuteSqlInterpolated($"UPDATE people SET name = {name}");
    }
}
