using System.Text;
using Redactor.Scanning;

namespace Redactor.Rules;

/// <summary>Warns of rules that never give a label: one that stands before them finds the same text.</summary>
public static class OvershadowedRules
{
    /// <summary>One warning for each rule all of whose <c>match</c> examples an earlier rule finds, with the same bytes masked.</summary>
    public static IEnumerable<RuleMistake> Find(RuleSet rules)
    {
        var findings = new FindingList();
        for (int index = 0; index < rules.Rules.Count; index++)
        {
            if (FirstInTheWay(rules, index, findings) is { } other)
            {
                yield return RuleLint.Warning(rules.Rules[index], $"gives the label to none of its match examples: {other.Id} ({other.File}:{other.Line}), which stands before it, finds them all with the same mask; narrow that rule, put this one before it, or remove this one");
            }
        }
    }

    private static Rule? FirstInTheWay(RuleSet rules, int index, FindingList findings)
    {
        var rule = rules.Rules[index];
        HashSet<int>? inTheWay = null;
        foreach (var example in rule.Examples.Where(example => example.IsMatch && example.Name is null))
        {
            rules.Scanner.Scan(Encoding.UTF8.GetBytes(example.Text.Text), findings);
            var ranges = findings.Items.ToArray().ToLookup(finding => finding.Rule, finding => (finding.Start, finding.Length));
            var same = ranges.Where(other => other.Key < index && CountsFor(rules.Rules[other.Key], rule) && other.SequenceEqual(ranges[index])).Select(other => other.Key);
            inTheWay = inTheWay is null ? [.. same] : [.. inTheWay.Intersect(same)];
            if (inTheWay.Count == 0)
            {
                return null;
            }
        }

        return inTheWay is null ? null : rules.Rules[inTheWay.Min()];
    }

    /// <summary>Whether <paramref name="first"/> takes part wherever <paramref name="rule"/> does and gives its label before it.</summary>
    private static bool CountsFor(Rule first, Rule rule) => first.Profile <= rule.Profile && (!first.IsShadow || rule.IsShadow);
}
