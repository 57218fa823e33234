using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Redactor.Scanning;
using Redactor.Scanning.Tests;
using Xunit;
using Xunit.Sdk;

// Runs the scanner's tests in this process, those of the classes or folders that are named or all: `dotnet test` starts processes of its own, which an emulator does not reach.
Console.WriteLine($"{RuntimeInformation.ProcessArchitecture}, engine {Scanner.Compile([new ScanRule { Id = "any", Pattern = "any" }]).Engine}");
int passed = 0, failed = 0, skipped = 0;
foreach (Type type in typeof(ScannerTests).Assembly.GetTypes().Where(type => args.Length == 0 || args.Contains(type.Name) || args.Contains(type.Namespace?.Split('.')[^1])))
{
    foreach (MethodInfo method in type.GetMethods().Where(method => method.IsDefined(typeof(FactAttribute))))
    {
        DataAttribute[] data = [.. method.GetCustomAttributes<DataAttribute>()];
        foreach (object?[] arguments in data.Length == 0 ? [[]] : data.SelectMany(rows => rows.GetData(method)))
        {
            await Run(type, method, arguments);
        }
    }
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{passed} passed, {failed} failed, {skipped} skipped"));
return failed == 0 && passed > 0 ? 0 : 1;

async Task Run(Type type, MethodInfo method, object?[] arguments)
{
    string outcome;
    long started = Stopwatch.GetTimestamp();
    try
    {
        object? result = method.Invoke(method.IsStatic ? null : Activator.CreateInstance(type), arguments);
        await (result as Task ?? Task.CompletedTask);
        passed++;
        outcome = "passed";
    }
    catch (TargetInvocationException e) when (e.InnerException is FileNotFoundException or DllNotFoundException)
    {
        // RE2, which is built for the machine that emulates.
        skipped++;
        outcome = "skipped: RE2 is missing";
    }
    catch (Exception e)
    {
        failed++;
        outcome = $"FAILED: {(e as TargetInvocationException)?.InnerException ?? e}";
    }

    double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{type.Name}.{method.Name}({string.Join(", ", arguments)}) {seconds:F1} s {outcome}"));
}
