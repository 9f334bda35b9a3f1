class A
{
    void Run(int a, int b)
    {
        var one = CSharpScript.EvaluateAsync(text); // HERE
        var two = CSharpScript.EvaluateAsync<int>(text); // HERE
    }
}
