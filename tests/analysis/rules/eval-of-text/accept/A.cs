class A
{
    void Run(int a, int b)
    {
        var one = CSharpScript.EvaluateAsync("1 + 1");
        var two = engine.EvaluateAsync(text);
    }
}
