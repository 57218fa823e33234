using System.Text;

namespace Redactor.Scanning.Tests;

/// <summary>Shorthand: scans a string with some patterns and gives what would be masked.</summary>
internal static class Find
{
    internal static string[] All(string pattern, string text) => All([new ScanRule { Id = "r", Pattern = pattern }], text);

    internal static string[] All(IReadOnlyList<ScanRule> rules, string text, FilterEngine engine = FilterEngine.Auto)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var findings = new FindingList();
        ScanStatus status = Scanner.Compile(rules, new ScannerOptions { Engine = engine }).Scan(bytes, findings);
        Assert.Equal(ScanStatus.Complete, status);
        return [.. findings.Items.ToArray().Select(f => Encoding.UTF8.GetString(bytes, f.Start, f.Length))];
    }

    /// <summary>The ids of the rules that find something, as often as they do and in alphabetical order: the same with and without a filter.</summary>
    internal static string[] Ids(IReadOnlyList<ScanRule> rules, string text)
    {
        string[][] found = [.. new[] { FilterEngine.Auto, FilterEngine.None }.Select(engine =>
        {
            var findings = new FindingList();
            Assert.Equal(ScanStatus.Complete, Scanner.Compile(rules, new ScannerOptions { Engine = engine }).Scan(Encoding.UTF8.GetBytes(text), findings));
            return findings.Items.ToArray().Select(f => rules[f.Rule].Id).Order(StringComparer.Ordinal).ToArray();
        })];
        Assert.Equal(found[1], found[0]);
        return found[0];
    }
}
