namespace Redactor.Rules;

/// <summary>Who speaks in a conversation with a model.</summary>
public enum ConversationRole
{
    /// <summary>Whoever set the model up: system prompts, instructions, definitions of tools.</summary>
    System,
    User,
    Assistant,
    Tool,
}

/// <summary>What a message of a conversation consists of.</summary>
public enum ConversationPart
{
    /// <summary>Text, reasoning, and whatever is none of the others.</summary>
    Text,

    /// <summary>A call of a tool with its arguments.</summary>
    ToolCall,

    /// <summary>What a tool gave back.</summary>
    ToolCallResponse,
}

/// <summary>Some of the contents of conversations. An empty list sets no bound.</summary>
public sealed record ConversationContents(IReadOnlyList<ConversationRole> Roles, IReadOnlyList<ConversationPart> Parts)
{
    /// <summary>Whether what <paramref name="role"/> says in <paramref name="part"/> is among them.</summary>
    public bool Include(ConversationRole role, ConversationPart part) =>
        (Roles.Count == 0 || Roles.Contains(role)) && (Parts.Count == 0 || Parts.Contains(part));
}

/// <summary>What the configuration wants done with conversations. Immutable.</summary>
/// <param name="Hide">Contents that are masked whole, whatever rules find in them.</param>
public sealed record ConversationPolicy(IReadOnlyList<ConversationContents> Hide)
{
    /// <summary>Nothing is hidden, and every rule means in conversations what it means elsewhere.</summary>
    public static ConversationPolicy None { get; } = new([]);

    /// <summary>The configuration file as the user named it.</summary>
    public string File { get; init; } = "";

    /// <summary>What rules do in some contents, in the order of the file: a later one wins.</summary>
    public IReadOnlyList<ContentPolicy> Policies { get; init; } = [];

    /// <summary>Whether what <paramref name="role"/> says in <paramref name="part"/> is masked whole.</summary>
    public bool Hides(ConversationRole role, ConversationPart part) => Hide.Any(contents => contents.Include(role, part));

    /// <summary>Adds what the policies ask for and no rule file has, or what needs a key that there is not.</summary>
    internal void Check(IReadOnlyList<Rule> rules, bool hasHashKey, ICollection<RuleMistake> mistakes)
    {
        foreach (var policy in Policies)
        {
            policy.Rules.Select(rules, File, mistakes);
            if (policy.Mask == Mask.Hash && !hasHashKey)
            {
                mistakes.Add(new RuleMistake(File, policy.Line, policy.Column, null, RuleLoad.HashNeedsKey));
            }
        }
    }
}
