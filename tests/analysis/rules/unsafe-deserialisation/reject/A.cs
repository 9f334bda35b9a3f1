class A
{
    void Run(int a, int b)
    {
        var formatter = new BinaryFormatter(); // HERE
        var value = formatter.Deserialize(stream);
    }
}
