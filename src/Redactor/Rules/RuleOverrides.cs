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

            var selected = Select(all, change, mistakes);
            rules = [.. rules.Select(rule => selected.Contains(rule.Id) ? change.Apply(rule) : rule).OfType<Rule>()];
        }

        return rules;
    }

    private HashSet<string> Select(IReadOnlyList<Rule> rules, RuleOverride change, ICollection<RuleMistake> mistakes)
    {
        var selected = new HashSet<string>(StringComparer.Ordinal);
        Add(change.Ids, "no rule has the id", rules.Select(rule => rule.Id), (id, rule) => rule.Id == id);
        Add(change.Tags, "no rule has the tag", rules.SelectMany(rule => rule.Tags), (tag, rule) => rule.Tags.Contains(tag));
        foreach (var target in change.Files)
        {
            var paths = FilePattern.Parse(target.Text).Find();
            Add([target], "no rule is in the file", [], (_, rule) => paths.Contains(Path.GetFullPath(rule.File)));
        }

        return selected;

        void Add(IEnumerable<OverrideTarget> targets, string otherwise, IEnumerable<string> known, Func<string, Rule, bool> matches)
        {
            foreach (var target in targets)
            {
                var found = rules.Where(rule => matches(target.Text, rule)).Select(rule => rule.Id).ToList();
                selected.UnionWith(found);
                if (found.Count == 0)
                {
                    var suggestion = Spelling.SuggestNearest(target.Text, [.. known.Distinct()]);
                    mistakes.Add(new RuleMistake(File, target.Line, target.Column, null, $"{otherwise} \"{target.Text}\"{suggestion}"));
                }
            }
        }
    }
}
