using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Redactor.Scanning;

namespace Redactor.Rules;

/// <summary>Values that are never masked, whatever rule finds them. Immutable.</summary>
public sealed class AllowList
{
    private const string Opening = @"\A((?:";
    private const string Closing = @"))\z";

    // Stands for all keys there are: a pattern that allows it allows everything.
    private static readonly byte[] AnyKey = Encoding.UTF8.GetBytes("Zk3vQ9xT7bLw2RfY" + "8mNc4HsJ6pGd1AeU");

    private readonly Scanner? patterns;
    private readonly FrozenSet<string> hashes;

    private AllowList(Scanner? patterns, FrozenSet<string> hashes)
    {
        this.patterns = patterns;
        this.hashes = hashes;
    }

    /// <summary>Compiles the list.</summary>
    /// <param name="patterns">Expressions in RE2 syntax, valid by <see cref="Validate"/>; each is for a whole value.</param>
    /// <param name="hashes">SHA-256 of exact values, 64 hex digits each.</param>
    public static AllowList Create(IReadOnlyList<string> patterns, IReadOnlyList<string> hashes) =>
        new(patterns.Count == 0 ? null : Compile(patterns), hashes.ToFrozenSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>What is wrong with a pattern; null if it can be used.</summary>
    public static string? Validate(string pattern)
    {
        try
        {
            return new AllowList(Compile([pattern]), FrozenSet<string>.Empty).Allows(AnyKey)
                ? "would allow any key; write what the values to allow have in common"
                : null;
        }
        catch (ScanRuleException wrong)
        {
            return wrong.Position < Opening.Length ? wrong.Message : $"{wrong.Message} (at character {wrong.Position - Opening.Length + 1})";
        }
    }

    /// <summary>Whether <paramref name="value"/> stays readable. One longer than any match may be never does.</summary>
    internal bool Allows(ReadOnlySpan<byte> value) => value.Length <= ScanLimits.MaxMatchLength && (IsHashed(value) || MatchesPattern(value));

    private static Scanner Compile(IReadOnlyList<string> patterns) => Scanner.Compile(
        [.. patterns.Select(pattern => new ScanRule { Id = "allow", Pattern = Opening + pattern + Closing, MaxLength = ScanLimits.MaxMatchLength })],
        new ScannerOptions { Engine = FilterEngine.None });

    private bool IsHashed(ReadOnlySpan<byte> value)
    {
        if (hashes.Count == 0)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(value, hash);
        return hashes.Contains(Convert.ToHexStringLower(hash));
    }

    private bool MatchesPattern(ReadOnlySpan<byte> value)
    {
        if (patterns is null)
        {
            return false;
        }

        var findings = new FindingList();
        return patterns.Scan(value, findings) == ScanStatus.Complete && findings.Count > 0;
    }
}
