using System.Text;
using System.Text.Unicode;

namespace Redactor.Scanning.Tests.Differential;

/// <summary>
/// Rules of a file on real text, against RE2. Runs where <c>REDACTOR_DIFFERENTIAL_RULES</c> names a file of tab-separated rules (the second column is
/// the id, the last the expression) and <c>REDACTOR_DIFFERENTIAL_TEXTS</c> a folder of texts.
/// </summary>
public class CorpusTests
{
    private static readonly string? RuleFile = Environment.GetEnvironmentVariable("REDACTOR_DIFFERENTIAL_RULES");
    private static readonly string? Folder = Environment.GetEnvironmentVariable("REDACTOR_DIFFERENTIAL_TEXTS");

    [Fact]
    public void The_rules_of_a_file_find_in_real_text_what_RE2_finds()
    {
        if (RuleFile is null || Folder is null)
        {
            return;
        }

        var differences = new List<string>();
        var rules = new List<ScanRule>();
        foreach (string[] columns in File.ReadLines(RuleFile).Select(line => line.Split('\t')))
        {
            var rule = new ScanRule { Id = columns[1], Pattern = columns[^1], MaxLength = ScanLimits.MaxMatchLength };
            if (Scanner.Validate(rule) is { } refusal)
            {
                differences.Add($"{rule.Id} is refused: {refusal.Message}");
                continue;
            }

            rules.Add(rule);
        }

        var scanner = Scanner.Compile(rules);
        var others = rules.ConvertAll(r => Re2.Compile(r.Pattern!));
        int matches = 0;
        foreach (byte[] unit in Directory.EnumerateFiles(Folder).Order(StringComparer.Ordinal).SelectMany(Units))
        {
            ILookup<int, Finding> ours = Assert.IsType<Finding[]>(Differential.Ours(scanner, unit)).ToLookup(f => f.Rule);
            for (int r = 0; r < rules.Count; r++)
            {
                Finding[] expected = [.. others[r]?.FindAll(unit).Select(m => new Finding(r, m.ValueStart, m.ValueEnd - m.ValueStart)) ?? []];
                matches += expected.Length;
                if (!ours[r].SequenceEqual(expected))
                {
                    differences.Add($"{rules[r].Id}: {string.Join(' ', ours[r])} but RE2 {string.Join(' ', expected)} in {Encoding.UTF8.GetString(unit)}");
                }
            }
        }

        Assert.True(differences.Count == 0, $"{matches} matches, {differences.Count} differences:\n{string.Join('\n', differences.Take(20).Select(d => d[..Math.Min(d.Length, 600)]))}");
        Assert.NotEqual(0, matches);
    }

    /// <summary>The lines of a file; of a binary one its stretches of text. RE2 can't read what is not UTF-8.</summary>
    private static IEnumerable<byte[]> Units(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        for (int start = 0; start < bytes.Length;)
        {
            int length = bytes.AsSpan(start).IndexOfAnyInRange<byte>(0, 0x1F);
            length = length < 0 ? bytes.Length - start : length;
            if (length > 8 && Utf8.IsValid(bytes.AsSpan(start, length)))
            {
                yield return bytes[start..(start + length)];
            }

            start += length + 1;
        }
    }
}
