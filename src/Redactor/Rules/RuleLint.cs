namespace Redactor.Rules;

/// <summary>Warns of what works and is still likely wrong in a rule.</summary>
public static class RuleLint
{
    /// <summary>Shorter keywords, in characters, are found in nearly every text, and each time the rule is tried.</summary>
    private const int LeastKeywordLength = 3;

    /// <summary>The warnings for <paramref name="rule"/>.</summary>
    public static IEnumerable<RuleMistake> Run(Rule rule)
    {
        if (rule.Examples.Count == 0)
        {
            yield return Warning(rule, "no examples: nothing shows that the rule finds what it should; add examples: {match: [...], ignore: [...]}");
        }

        foreach (string keyword in rule.Scan.Keywords.Where(word => word.Length < LeastKeywordLength))
        {
            yield return Warning(rule, $"the keyword \"{keyword}\" is in nearly every text; use {LeastKeywordLength} characters or more");
        }
    }

    private static RuleMistake Warning(Rule rule, string message) => new(rule.File, rule.Line, rule.Column, rule.Id, "warning: " + message);
}
