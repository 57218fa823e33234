using System.Globalization;
using Redactor.Scanning;

namespace Redactor.Rules;

/// <summary>Warns of what works and is still likely wrong in a rule.</summary>
public static class RuleLint
{
    /// <summary>Shorter keywords, in characters, are found in nearly every text, and each time the rule is tried.</summary>
    private const int LeastKeywordLength = 3;

    /// <summary>
    /// Occurrences in a mebibyte of text from which a keyword that the filter has to look for is too common: trying a rule costs some
    /// 100 ns, so these cost 50 us a mebibyte, a good part of what scanning it for all the other rules does.
    /// </summary>
    private const double CommonKeyword = 500;

    /// <summary>The warnings for the rules of <paramref name="file"/>. That none of them has examples is said once: imported rules come so.</summary>
    public static IEnumerable<RuleMistake> Run(RuleFile file)
    {
        Rule[] unproven = [.. file.Rules.Where(rule => rule.Examples.Count == 0)];
        var missing = unproven.Length > 1 && unproven.Length == file.Rules.Count
            ? [new RuleMistake(file.Name, 0, 0, null, $"warning: none of its {unproven.Length} rules has examples: nothing shows that they find what they should; add examples: {{match: [...], ignore: [...]}}")]
            : unproven.Select(rule => Warning(rule, "no examples: nothing shows that the rule finds what it should; add examples: {match: [...], ignore: [...]}"));
        return missing.Concat(file.Rules.SelectMany(Keywords));
    }

    private static IEnumerable<RuleMistake> Keywords(Rule rule)
    {
        foreach (string keyword in rule.Scan.Keywords.Where(word => word.Length < LeastKeywordLength))
        {
            yield return Warning(rule, $"the keyword \"{keyword}\" is in nearly every text; use {LeastKeywordLength} characters or more");
        }

        // Where the pattern has rare text of its own, keywords only judge what it matched.
        string[] searched = rule.Scan.Keywords.Count > 0 && Scanner.Validate(rule.Scan with { Keywords = [] }) is not null ? [.. rule.Scan.Keywords] : [];
        foreach (string keyword in searched)
        {
            double often = KeywordFrequency.PerMebibyte(keyword);
            if (often > CommonKeyword)
            {
                yield return Warning(rule, string.Create(CultureInfo.InvariantCulture,
                    $"the keyword \"{keyword}\" is too common, in about {often:N0} places of a MiB of text, and at each the rule is tried; use a longer or rarer one, or put a rare literal into the pattern"));
            }
        }
    }

    internal static RuleMistake Warning(Rule rule, string message) => new(rule.File, rule.Line, rule.Column, rule.Id, "warning: " + message);
}
