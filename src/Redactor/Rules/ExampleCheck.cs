using System.Text;
using Redactor.Scanning;

namespace Redactor.Rules;

/// <summary>Runs the examples of rules: each <c>match</c> must be found, and its fills masked whole, by the rule it stands at; no <c>ignore</c> may be.</summary>
public static class ExampleCheck
{
    /// <summary>One mistake for each example in <paramref name="rules"/> that does not hold.</summary>
    public static IEnumerable<RuleMistake> Run(RuleSet rules)
    {
        var findings = new FindingList();
        for (int index = 0; index < rules.Rules.Count; index++)
        {
            var rule = rules.Rules[index];
            foreach (var example in rule.Examples)
            {
                if (Failure(rules, index, example, findings) is { } failure)
                {
                    yield return new RuleMistake(rule.File, example.Line, example.Column, rule.Id, failure);
                }
            }
        }
    }

    private static string? Failure(RuleSet rules, int index, RuleExample example, FindingList findings)
    {
        if (example.Name is { } name && rules.Scanner.MatchName(Encoding.UTF8.GetBytes(name)) is >= 0 and var named)
        {
            return (named == index, example.IsMatch) switch
            {
                (true, false) => $"ignore example is masked because of its name \"{name}\"",
                (false, true) => $"match example \"{name}\" is taken by the rule {rules.Rules[named].Id}, which stands before this one",
                _ => null,
            };
        }

        byte[] text = Encoding.UTF8.GetBytes(example.Text.Text);
        if (rules.Scanner.Scan(text, findings) == ScanStatus.OverBudget)
        {
            return "example costs more steps than a text of its length may";
        }

        Finding[] own = [.. findings.Items.ToArray().Where(finding => finding.Rule == index)];
        if (!example.IsMatch)
        {
            return own.Length == 0 ? null : $"ignore example is found, bytes {own[0].Start} to {own[0].End}";
        }

        return own.Length == 0 ? "match example is not found; 'redactor explain TEXT --rules FILE' tells why"
            : example.Text.Fills.All(fill => IsCovered(fill, own)) ? null
            : "match example is found, but a part that was filled in stays readable";
    }

    /// <summary>Whether every byte of <paramref name="range"/> lies in one of <paramref name="findings"/>, which ascend by start.</summary>
    private static bool IsCovered(Range range, Finding[] findings)
    {
        int covered = range.Start.Value;
        foreach (var finding in findings)
        {
            if (finding.Start <= covered)
            {
                covered = Math.Max(covered, finding.End);
            }
        }

        return covered >= range.End.Value;
    }
}
