class A
{
    void Run(int a, int b)
    {
        try
        {
            Start(a);
        }
        catch (FileNotFoundException)
        {
        }
        catch (Exception e) when (e is TimeoutException)
        {
        }
        catch (Exception ignored)
        {
        }
        catch
        {
            // the stream is closing: nobody is there to tell
        }
    }
}
