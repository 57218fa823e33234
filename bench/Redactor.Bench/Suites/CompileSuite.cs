using System.Globalization;
using BenchmarkDotNet.Attributes;
using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Bench.Suites;

/// <summary>What it takes to compile 300 of the default rules, or all.</summary>
[MemoryDiagnoser]
public class CompileSuite
{
    private ScanRule[] rules = [];

    /// <summary>Which rules: not all cost the same.</summary>
    public enum Choice
    {
        /// <summary>The first 300, in the order of the files.</summary>
        First,

        /// <summary>The last 300.</summary>
        Last,

        /// <summary>300 from all of them, evenly.</summary>
        Even,

        /// <summary>All.</summary>
        All,
    }

    /// <summary>Which rules.</summary>
    [Params(Choice.First, Choice.Last, Choice.Even, Choice.All)]
    public Choice Rules { get; set; }

    /// <summary>Reads the rules, of which there must be as many as are compiled.</summary>
    [GlobalSetup]
    public void Setup()
    {
        const int Some = 300;
        ScanRule[] all = [.. RuleLoad.From(new RuleSource([RuleSource.DefaultPatterns[0]], Profile.Default)).Rules!.Rules.Select(r => r.Scan)];
        if (all.Length < Some)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{all.Length} rules are fewer than {Some}"));
        }

        rules = Rules switch
        {
            Choice.First => all[..Some],
            Choice.Last => all[^Some..],
            Choice.Even => [.. Enumerable.Range(0, Some).Select(i => all[i * all.Length / Some])],
            _ => all,
        };
        if (Compile() != rules.Length)
        {
            throw new InvalidOperationException("not every rule was compiled");
        }
    }

    /// <summary>Compiles them.</summary>
    [Benchmark]
    public int Compile() => Scanner.Compile(rules).Rules.Count;
}
