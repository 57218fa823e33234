namespace Redactor.Rules;

/// <summary>Which rules to load.</summary>
/// <param name="Patterns">
/// Paths of rule files in order of priority; <c>*</c> and <c>**</c> stand for names and folders. Files of one pattern are taken in
/// ordinal order of their paths; a file that several patterns name counts for the first.
/// </param>
/// <param name="Profile"><see cref="Profile.Default"/> leaves out the rules of the strict profile.</param>
public sealed record RuleSource(IReadOnlyList<string> Patterns, Profile Profile)
{
    /// <summary>The keys of the fingerprints that <see cref="Mask.Hash"/> writes; null: no rule may use that mask.</summary>
    public HashKeys? HashKeys { get; init; }

    /// <summary>What the configuration changes about the rules.</summary>
    public RuleOverrides Overrides { get; init; } = RuleOverrides.None;

    /// <summary>Values that are never masked; null: there are none.</summary>
    public AllowList? Allow { get; init; }

    /// <summary>What the configuration wants done with conversations.</summary>
    public ConversationPolicy Conversations { get; init; } = ConversationPolicy.None;

    /// <summary>The rules that come with the program: <c>rules/*.yaml</c> beside the executable.</summary>
    public static IReadOnlyList<string> DefaultPatterns { get; } = [Path.Combine(AppContext.BaseDirectory, "rules", "*.yaml")];
}
