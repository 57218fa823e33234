namespace Redactor.Rules;

/// <summary>What policies make of one rule in one content of conversations. What is null stays as it is elsewhere.</summary>
public readonly record struct ContentChange(OverrideStatus? Status, Mask? Mask);

/// <summary>What becomes of each rule in what each role says in each part of a conversation: the policies of the configuration, in their order, a later one wins. Immutable.</summary>
public sealed class ContentRules
{
    private static readonly int PartCount = Enum.GetValues<ConversationPart>().Length;

    private readonly int first;
    private readonly ContentChange[]?[] byContent = new ContentChange[]?[Enum.GetValues<ConversationRole>().Length * PartCount];
    private readonly List<int>[] off;

    private ContentRules(IReadOnlyList<ContentPolicy> policies, IReadOnlyList<Rule> rules, int first)
    {
        this.first = first;
        off = [.. byContent.Select(_ => new List<int>())];
        foreach (var policy in policies)
        {
            var selected = policy.Rules.Select(rules, "", []);
            foreach (int content in Enumerable.Range(0, byContent.Length).Where(c => policy.Contents.Include((ConversationRole)(c / PartCount), (ConversationPart)(c % PartCount))))
            {
                var changes = byContent[content] ??= new ContentChange[rules.Count];
                foreach (int rule in Enumerable.Range(0, rules.Count).Where(r => selected.Contains(rules[r].Id)))
                {
                    changes[rule] = new ContentChange(policy.Status ?? changes[rule].Status, policy.Mask ?? changes[rule].Mask);
                }
            }
        }

        foreach (var (content, changes) in byContent.Index())
        {
            off[content] = [.. (changes ?? []).Index().Where(c => c.Item.Status == OverrideStatus.Off).Select(c => c.Index + first)];
        }
    }

    /// <summary>The policies for rules of files, of which the first has the number <paramref name="first"/>; null: there are no policies.</summary>
    internal static ContentRules? Create(IReadOnlyList<ContentPolicy> policies, IReadOnlyList<Rule> rules, int first) =>
        policies.Count == 0 ? null : new ContentRules(policies, rules, first);

    /// <summary>What becomes of a rule, by its number in <see cref="RuleSet.Rules"/>.</summary>
    public ContentChange Of(ConversationRole role, ConversationPart part, int rule) =>
        rule >= first && byContent[Index(role, part)] is { } changes ? changes[rule - first] : default;

    /// <summary>The rules that take no part.</summary>
    public List<int> Off(ConversationRole role, ConversationPart part) => off[Index(role, part)];

    private static int Index(ConversationRole role, ConversationPart part) => ((int)role * PartCount) + (int)part;
}
