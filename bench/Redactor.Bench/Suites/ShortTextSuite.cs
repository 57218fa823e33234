using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Bench.Suites;

/// <summary>What one call costs for the short texts that attributes are.</summary>
[MemoryDiagnoser]
public class ShortTextSuite
{
    private readonly FindingList findings = new();
    private Scanner scanner = null!;
    private byte[] text = [];

    /// <summary>Bytes of the text.</summary>
    [Params(16, 64, 256)]
    public int Length { get; set; }

    /// <summary>Compiles the rules; the text holds nothing, which is checked.</summary>
    [GlobalSetup]
    public void Setup()
    {
        RuleLoad load = RuleLoad.From(new RuleSource([RuleSource.DefaultPatterns[0]], Profile.Default));
        scanner = Scanner.Compile([.. load.Rules!.Rules.Select(r => r.Scan)]);
        const string Sentence = "GET /api/v1/orders HTTP/1.1 200 in 12 ms from checkout in eu-central-1, ";
        text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Sentence, (Length / Sentence.Length) + 1))[..Length]);
        int found = Scan();
        if (found != 0)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{found} findings in a text without any"));
        }
    }

    /// <summary>One scan.</summary>
    [Benchmark]
    public int Scan()
    {
        scanner.Scan(text, findings);
        return findings.Count;
    }
}
