namespace Redactor.Rules;

/// <summary>What came of reading a source: rules ready for use, or all that is wrong.</summary>
/// <param name="Version">The content hash of the files (<see cref="RuleSet.Version"/>).</param>
/// <param name="Files">The files in order of priority, each with all its valid rules whatever their profile.</param>
/// <param name="Rules">The rules of the profile, compiled; null if there are mistakes.</param>
/// <param name="Mistakes">What is wrong, by file and line.</param>
public sealed record RuleLoad(string Version, IReadOnlyList<RuleFile> Files, RuleSet? Rules, IReadOnlyList<RuleMistake> Mistakes)
{
    /// <summary>The tag of rules that take what no rule knows better: they come behind all others, so that a key is labelled by its provider.</summary>
    private const string GeneralTag = "general";

    /// <summary>What is said to a rule or override that asks for fingerprints without a key.</summary>
    internal const string HashNeedsKey = "mask \"hash\" needs a key: add masking: {hash_key: {value: \"${file:PATH}\"}} to the configuration, or use \"label\" or \"last4\"";

    /// <summary>Reads, checks and compiles the rules of <paramref name="source"/>. Bad files are mistakes, never exceptions.</summary>
    public static RuleLoad From(RuleSource source, KnownSecrets? known = null) =>
        From(RuleFileContents.Read(source.Patterns), source, known);

    internal static RuleLoad From(RuleFileContents contents, RuleSource source, KnownSecrets? known)
    {
        var mistakes = new List<RuleMistake>(contents.Mistakes);
        RuleFile[] files = [.. contents.Files.Select(file => RuleFile.Read(file.Name, file.Content, mistakes))];
        mistakes.AddRange(Duplicates(files.SelectMany(file => file.Rules)));
        var overridden = source.Overrides.Apply([.. files.SelectMany(file => file.Rules)], source.HashKeys is not null, mistakes);
        mistakes.AddRange(source.HashKeys is null ? WithoutKey(overridden) : []);
        source.Conversations.Check(overridden, source.HashKeys is not null, mistakes);
        if (mistakes.Count > 0)
        {
            return new RuleLoad(contents.Version, files, null, mistakes);
        }

        Rule[] rules = [.. overridden.Where(rule => rule.Profile <= source.Profile).OrderBy(rule => rule.Tags.Contains(GeneralTag))];
        if (rules.Length == 0)
        {
            mistakes.Add(new RuleMistake(files[0].Name, 0, 0, null, "no rule is left, all are of the strict profile or switched off by an override: the default profile would mask nothing"));
            return new RuleLoad(contents.Version, files, null, mistakes);
        }

        return new RuleLoad(contents.Version, files, RuleSet.Create(rules, contents.Version, null, source.HashKeys, source.Allow, source.Conversations, known), mistakes);
    }

    private static IEnumerable<RuleMistake> WithoutKey(IEnumerable<Rule> rules) => rules
        .Where(rule => rule.Mask == Mask.Hash)
        .Select(rule => new RuleMistake(rule.File, rule.Line, rule.Column, rule.Id, HashNeedsKey));

    private static IEnumerable<RuleMistake> Duplicates(IEnumerable<Rule> rules)
    {
        var first = new Dictionary<string, Rule>(StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            if (!first.TryAdd(rule.Id, rule))
            {
                var other = first[rule.Id];
                yield return new RuleMistake(rule.File, rule.Line, rule.Column, rule.Id, $"the id is taken by the rule at {other.File}:{other.Line}");
            }
        }
    }
}
