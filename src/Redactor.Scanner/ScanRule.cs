namespace Redactor.Scanning;

/// <summary>
/// What the scanner needs to know of one rule: an expression, or names, or both, and the proofs a match must pass.
/// The order of rules in a set is their priority: where findings overlap, the earlier rule gives the label.
/// </summary>
public sealed record ScanRule
{
    /// <summary>The rule's name, unique in a set: lower-case letters, digits and single hyphens, at most 64 characters.</summary>
    public required string Id { get; init; }

    /// <summary>An expression in RE2 syntax, or null for a rule that has only <see cref="Keys"/>. The first group, if any, is what is masked.</summary>
    public string? Pattern { get; init; }

    /// <summary>Literals of which every match contains one, ignoring ASCII case. Empty: derived from the pattern.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>
    /// Names (of attributes, JSON members, headers, form fields) whose value is secret, compared without case and without
    /// the separators <c>- _ . space</c>. A <c>*</c> at either end stands for any further words.
    /// </summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Whether the rule has neither expression nor names: it labels values that are known.</summary>
    public bool HasOnlyValues => Pattern is null && Keys.Count == 0;

    /// <summary>The least Shannon entropy, in bits a byte, of what would be masked; 0 asks for none.</summary>
    public double Entropy { get; init; }

    /// <summary>The name of a proof in <see cref="Judging.Checks"/> that what would be masked must pass, or null.</summary>
    public string? Check { get; init; }

    /// <summary>Words of which one must stand close to the match, or null.</summary>
    public NearWords? Near { get; init; }

    /// <summary>
    /// Names, compared as <see cref="Keys"/> are, that take the rule back where the name before the value has one: <c>next-token</c> leaves <c>nextToken: ...</c> alone.
    /// The name is what the match has before the value, and up to 64 bytes of letters, digits, <c>_ . : / -</c> and one blank before the match.
    /// </summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>The greatest length of a match in bytes, 1 to <see cref="ScanLimits.MaxMatchLength"/>; longer tokens are masked on.</summary>
    public int MaxLength { get; init; } = ScanLimits.DefaultMatchLength;

    /// <summary>A shadow rule's findings are reported and never displace those of an active one.</summary>
    public bool Shadow { get; init; }
}

/// <summary>Context that a match needs: one of <paramref name="Words"/>, without ASCII case, at most <paramref name="Within"/> bytes before or after it.</summary>
/// <param name="Words">The words; at least one.</param>
/// <param name="Within">The greatest distance in bytes, 1 to 256.</param>
public sealed record NearWords(IReadOnlyList<string> Words, int Within);
