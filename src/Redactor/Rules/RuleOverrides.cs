namespace Redactor.Rules;

/// <summary>What the configuration changes about rules, in its order: a later override wins. Immutable.</summary>
/// <param name="File">The configuration file as the user named it.</param>
/// <param name="List">The overrides.</param>
public sealed record RuleOverrides(string File, IReadOnlyList<RuleOverride> List)
{
    /// <summary>No overrides.</summary>
    public static RuleOverrides None { get; } = new("", []);

    /// <summary>The rules as the overrides make them. An override for what no file has is a mistake: someone relies on it.</summary>
    internal IReadOnlyList<Rule> Apply(IReadOnlyList<Rule> rules, bool hasHashKey, ICollection<RuleMistake> mistakes)
    {
        var all = rules;
        foreach (var change in List)
        {
            if (change.Mask == Mask.Hash && !hasHashKey)
            {
                mistakes.Add(new RuleMistake(File, change.Line, change.Column, null, RuleLoad.HashNeedsKey));
                continue;
            }

            var selected = change.Rules.Select(all, File, mistakes);
            rules = [.. rules.Select(rule => selected.Contains(rule.Id) ? change.Apply(rule) : rule).OfType<Rule>()];
        }

        return rules;
    }
}
