using System.Text;

namespace Redactor.Scanning.Tests.Differential;

/// <summary>The law of names: where a name matches, the filter points at it, or nobody would ever ask.</summary>
public class NameLawTests
{
    private static readonly string[] Words = ["pin", "key", "api", "x", "secret", "token", "id", "pass", "word", "auth"];
    private static readonly string[] Separators = ["", "-", "_", ".", " "];
    private static readonly string[] Decorations = ["", "", "", "", "_", "-", " ", ".", "[", "]", "\"", "'", "user.", "http/", "a:", "x[", "my", "my_", "s"];

    /// <summary>Patterns that look for the same words: what the filter sees for them must not take the place of what it sees for names.</summary>
    private static readonly string[] Patterns = ["(?i)api[_-]?key\\W{1,4}(\\w{8,20})", "token=(\\w{8,20})", "secret", "(?i)\"password\"", "pin"];

    [Fact]
    public void A_name_that_matches_has_a_candidate_in_its_field()
    {
        var random = new Random(Differential.Seed);
        var candidates = new CandidateList();
        int matched = 0;
        for (int done = 0; done < Differential.Count; done++)
        {
            string[] words = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(Words))];
            string key = Pick(["", "", "*", "*_"]) + string.Join('_', words) + Pick(["", "", "*"]);
            var scanner = Scanner.Compile([new ScanRule { Id = "r", Keys = [key] }, new ScanRule { Id = "p", Pattern = Pick(Patterns) }]);
            string separator = Pick(Separators);
            string name = Pick(Decorations) + string.Join(separator, words.Select(w => random.Next(3) == 0 ? w.ToUpperInvariant() : w)) + Pick(Decorations);
            byte[] bytes = Encoding.UTF8.GetBytes(name);
            if (scanner.MatchName(bytes) < 0)
            {
                continue;
            }

            matched++;
            foreach (string text in (ReadOnlySpan<string>)[name, $"{{\"{name}\":1}}"])
            {
                scanner.FindCandidates([Scanner.UnitSeparator, .. Encoding.UTF8.GetBytes(text), Scanner.UnitSeparator], candidates, oneUnit: true);
                Assert.True(scanner.NextAtName(candidates.Items, 0) < candidates.Count, $"the key '{key}' matches '{name}', but the filter does not see it in '{text}'");
            }
        }

        Assert.True(matched > Differential.Count / 4, $"only {matched} names matched");

        string Pick(string[] from) => from[random.Next(from.Length)];
    }
}
