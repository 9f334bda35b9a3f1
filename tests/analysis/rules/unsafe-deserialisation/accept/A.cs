class A
{
    void Run(int a, int b)
    {
        var serializer = new JsonSerializer();
        var value = serializer.Deserialize(stream);
    }
}
