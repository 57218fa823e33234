using Redactor.Scanning;

namespace Redactor.Rules;

/// <summary>Rules as they are in force: compiled, immutable, swapped as a whole. A request holds on to the one it began with.</summary>
public sealed class RuleSet
{
    private readonly IReadOnlyList<Rule> ofFiles;
    private readonly ScannerOptions options;

    private RuleSet(IReadOnlyList<Rule> ofFiles, string version, ScannerOptions options, HashKeys? hashKeys, AllowList? allow, ConversationPolicy conversations, KnownSecrets known)
    {
        this.ofFiles = ofFiles;
        this.options = options;
        Conversations = conversations;
        Contents = ContentRules.Create(conversations.Policies, ofFiles, known.Rules.Count);
        Allow = allow;
        HashKeys = hashKeys;
        Known = known;
        Rules = [.. known.Rules, .. ofFiles];
        Scanner = Scanner.Compile([.. Rules.Select(r => r.Scan)], options with { Values = [.. known.Values, .. options.Values] });
        Version = version;
    }

    /// <summary>In order of priority; the index is the scanner's rule number.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>The rules and known values, compiled.</summary>
    public Scanner Scanner { get; }

    /// <summary>The first 12 hex digits of the SHA-256 of the files' contents in order.</summary>
    public string Version { get; }

    /// <summary>The keys of fingerprints; null if no rule asks for one.</summary>
    public HashKeys? HashKeys { get; }

    /// <summary>Values that are never masked; null: there are none.</summary>
    public AllowList? Allow { get; }

    /// <summary>What the configuration wants done with conversations.</summary>
    public ConversationPolicy Conversations { get; }

    /// <summary>What becomes of rules in contents of conversations; null: nothing else than everywhere.</summary>
    public ContentRules? Contents { get; }

    /// <summary>The secrets that are known as such; their rules are the first of <see cref="Rules"/>.</summary>
    public KnownSecrets Known { get; }

    /// <summary>Compiles rules that are known to be valid.</summary>
    /// <exception cref="ScanRuleException">A rule that can't be compiled.</exception>
    public static RuleSet Create(
        IReadOnlyList<Rule> rules, string version, ScannerOptions? options = null, HashKeys? hashKeys = null, AllowList? allow = null,
        ConversationPolicy? conversations = null, KnownSecrets? known = null) =>
        new(rules, version, options ?? new ScannerOptions(), hashKeys, allow, conversations ?? ConversationPolicy.None, known ?? KnownSecrets.None);

    /// <summary>The same rules with other known secrets.</summary>
    public RuleSet With(KnownSecrets known) => new(ofFiles, Version, options, HashKeys, Allow, Conversations, known);
}
