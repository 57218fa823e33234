using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Bench.Suites;

/// <summary>The default rules over made-up log lines, by how many of them hold a secret and by engine. Every case states what it must find before it is timed.</summary>
[MemoryDiagnoser]
public class ScanSuite
{
    private const int Lines = 4096;

    private readonly FindingList findings = new();
    private Scanner scanner = null!;
    private byte[] text = [];

    /// <summary>Of so many lines one has a key; 0: none.</summary>
    [Params(0, 256, 8)]
    public int OneLineIn { get; set; }

    /// <summary>Which engine is forced.</summary>
    [Params(FilterEngine.Auto, FilterEngine.Vector256, FilterEngine.Vector128)]
    public FilterEngine Engine { get; set; }

    /// <summary>Compiles the rules, makes the text and refuses to time a scan that finds anything but what was planted.</summary>
    [GlobalSetup]
    public void Setup()
    {
        RuleLoad load = RuleLoad.From(new RuleSource([RuleSource.DefaultPatterns[0]], Profile.Default));
        scanner = Scanner.Compile([.. load.Rules!.Rules.Select(r => r.Scan)], new ScannerOptions { Engine = Engine });
        text = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, Lines).Select(Line)));
        int expected = OneLineIn == 0 ? 0 : Lines / OneLineIn, found = Scan();
        if (found != expected)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{found} findings instead of {expected}"));
        }
    }

    /// <summary>Finds and confirms everything.</summary>
    [Benchmark]
    public int Scan()
    {
        scanner.Scan(text, findings);
        return findings.Count;
    }

    private string Line(int number)
    {
        var random = new Random(number);
        string line = string.Create(CultureInfo.InvariantCulture, $"2026-11-22T10:{number / 60 % 60:D2}:{number % 60:D2}Z INFO orders.api request {number} took {random.Next(5, 900)} ms, status 200, region eu-central-1");
        return OneLineIn > 0 && number % OneLineIn == 0 ? $"{line} gh{"p"}_{random.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 36)}" : line;
    }
}
