using System.Text;

namespace Redactor.Scanning.Tests.Automata;

/// <summary>Text made to hurt costs bounded memory, and a bounded number of steps or the whole unit.</summary>
public class HostileTextTests
{
    private const int Size = 60_000;

    /// <summary>A few MiB of starts and states, and what states that are built and dropped may cost: a number for each step.</summary>
    private const long MaxAllocated = (24 << 20) + (2L * sizeof(int) * ScanLimits.StepsPerByte * Size);

    [Theory]
    [InlineData("eyJ[\\w-]{17,}\\.", "eyJ")]
    [InlineData("[\\w=]*key=\\d", "key=1")]
    [InlineData("[\\w=]*key=\\d!", "key=1")]
    [InlineData("[\\w.-]{0,50}key(?:[\\w.-]{0,20})=(\\w{10,150})!", "key")]
    [InlineData("(?:a|b)*a(?:a|b){12}xyz", "ab")]
    [InlineData("abc(?:a|b|c)*a(?:a|b|c){100}x", "abcacbba")]
    [InlineData("xx(?:.*[^A-Z]|[A-Z])yy", "xx")]
    [InlineData("[^q]{0,1000}secret[^q]{0,1000}q", "secret")]
    [InlineData("((?:(?:a{0,10}){0,10}){0,10})key", "a")]
    public void Repeated_text_is_answered_or_masked_whole_in_bounded_memory(string pattern, string text)
    {
        byte[] unit = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, (Size / text.Length) + 1)));
        var scanner = Scanner.Compile([new ScanRule { Id = "r", Pattern = pattern }]);
        var findings = new FindingList();
        long before = GC.GetAllocatedBytesForCurrentThread();
        ScanStatus first = scanner.Scan(unit, findings);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxAllocated);
        int count = findings.Count;
        Assert.Equal(first, scanner.Scan(unit, findings));
        Assert.Equal(count, findings.Count);
    }

    [Fact]
    public void Every_finding_of_a_long_unit_is_found_where_starts_are_worked_off_on_the_way()
    {
        ScanRule[] rules = [new() { Id = "a", Pattern = "[\\w.]{0,50}key=(\\d+)" }, new() { Id = "b", Pattern = "\\w*key=1" }, new() { Id = "c", Pattern = "key" }];
        byte[] unit = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 5_000).Select(i => $"some.long.name{i}.key={i} ")));
        var expected = new FindingList();
        var findings = new FindingList();
        Scanner.Compile(rules, new ScannerOptions { Engine = FilterEngine.None }).Scan(unit, expected);
        Assert.Equal(ScanStatus.Complete, Scanner.Compile(rules).Scan(unit, findings));
        Assert.True(expected.Count > 10_000);
        Assert.Equal(expected.Items.ToArray(), findings.Items.ToArray());
    }
}
