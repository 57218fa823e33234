namespace Redactor.Rules;

/// <summary>An id, a tag or a file pattern by which the configuration selects rules, and where it stands there.</summary>
public sealed record RuleTarget(string Text, int Line, int Column);

/// <summary>Rules that an override or a policy of the configuration is for: those that any of the lists names.</summary>
/// <param name="Ids">Ids.</param>
/// <param name="Tags">Rules that have one of these tags.</param>
/// <param name="Files">Rules in these files: paths, in which <c>*</c> and <c>**</c> may stand.</param>
public sealed record RuleSelection(IReadOnlyList<RuleTarget> Ids, IReadOnlyList<RuleTarget> Tags, IReadOnlyList<RuleTarget> Files)
{
    /// <summary>Names nothing, and so stands for every rule.</summary>
    public static RuleSelection All { get; } = new([], [], []);

    /// <summary>Whether it stands for every rule.</summary>
    public bool IsAll => Ids.Count + Tags.Count + Files.Count == 0;

    /// <summary>The ids of the selected rules. What selects none is a mistake: someone relies on it.</summary>
    internal HashSet<string> Select(IReadOnlyList<Rule> rules, string configuration, ICollection<RuleMistake> mistakes)
    {
        var selected = new HashSet<string>(IsAll ? rules.Select(rule => rule.Id) : [], StringComparer.Ordinal);
        Add(Ids, "no rule has the id", rules.Select(rule => rule.Id), (id, rule) => rule.Id == id);
        Add(Tags, "no rule has the tag", rules.SelectMany(rule => rule.Tags), (tag, rule) => rule.Tags.Contains(tag));
        foreach (var target in Files)
        {
            var pattern = FilePattern.Parse(target.Text);
            Add([target], "no rule is in the file", [], (_, rule) => pattern.Matches(rule.File));
        }

        return selected;

        void Add(IEnumerable<RuleTarget> targets, string otherwise, IEnumerable<string> known, Func<string, Rule, bool> matches)
        {
            foreach (var target in targets)
            {
                var found = rules.Where(rule => matches(target.Text, rule)).Select(rule => rule.Id).ToList();
                selected.UnionWith(found);
                if (found.Count == 0)
                {
                    var suggestion = Spelling.SuggestNearest(target.Text, [.. known.Distinct()]);
                    mistakes.Add(new RuleMistake(configuration, target.Line, target.Column, null, $"{otherwise} \"{target.Text}\"{suggestion}"));
                }
            }
        }
    }
}
