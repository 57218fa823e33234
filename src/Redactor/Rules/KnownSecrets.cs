using Redactor.Scanning;
using Redactor.Scanning.Judging;

namespace Redactor.Rules;

/// <summary>What the configuration says about secrets, for findings of them.</summary>
/// <param name="Owner">Whose they are; null: not said.</param>
/// <param name="Environment">Where they are in use; null: not said.</param>
/// <param name="Issued">Since when; null: not said.</param>
/// <param name="RotateBy">The last day on which they should be in use; null: not said.</param>
public sealed record SecretMetadata(string? Owner = null, string? Environment = null, DateOnly? Issued = null, DateOnly? RotateBy = null)
{
    /// <summary>Whether they should have been replaced before <paramref name="today"/>.</summary>
    public bool IsOverdue(DateOnly today) => RotateBy < today;
}

/// <summary>
/// Secrets that are known as such: a rule for each name, and the hashes of the values. The rules stand before all others and keep their numbers while the rule
/// files change, so that the hashes serve any rules. Immutable.
/// </summary>
/// <param name="Rules">A rule for each name.</param>
/// <param name="Values">The hashed values; the first element is what is valid now, the others are what it replaced.</param>
public sealed record KnownSecrets(IReadOnlyList<Rule> Rules, IReadOnlyList<ExactValues> Values)
{
    private static readonly IReadOnlyList<string> KnownTags = ["known"];

    /// <summary>No secret is known.</summary>
    public static KnownSecrets None { get; } = new([], []);

    /// <summary>The rule that labels the values of one name: <c>[REDACTED:known:prod-chat]</c>.</summary>
    public static Rule CreateRule(string name, SecretMetadata metadata) =>
        new() { Scan = new ScanRule { Id = MaskText.KnownPrefix + name }, Title = "Known secret", Known = metadata, Severity = Severity.High, Tags = KnownTags };
}
