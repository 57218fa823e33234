using System.Collections.Frozen;
using Redactor.Scanning;

namespace Redactor.Rules;

/// <summary>What takes the place of a finding.</summary>
public enum Mask
{
    /// <summary><c>[REDACTED:rule-id]</c>.</summary>
    Label,

    /// <summary>One <c>*</c> for each character, at most 16.</summary>
    Full,

    /// <summary><c>[REDACTED:rule-id:...1234]</c> with the last four characters, never more than a quarter of the text.</summary>
    Last4,

    /// <summary><c>[REDACTED:rule-id:0123456789ab]</c> with a keyed fingerprint.</summary>
    Hash,

    /// <summary>The attribute or field goes.</summary>
    DropField,

    /// <summary>The span, log record or data point goes; the sender is told as a partial success.</summary>
    DropRecord,
}

/// <summary>How bad it is that the text was there.</summary>
public enum Severity
{
    Low,
    Medium,
    High,
}

/// <summary>In which profiles a rule takes part.</summary>
public enum Profile
{
    /// <summary>Precise enough for every deployment.</summary>
    Default,

    /// <summary>More recall, some false alarms; includes the default rules.</summary>
    Strict,
}

/// <summary>One rule of a rule file: what the scanner needs (<see cref="Scan"/>) and what happens to a finding.</summary>
public sealed record Rule
{
    /// <summary>What the scanner looks for, and how it judges what it finds.</summary>
    public required ScanRule Scan { get; init; }

    /// <summary>The name in labels and metrics, unique over all files.</summary>
    public string Id => Scan.Id;

    /// <summary>Whether findings are only counted.</summary>
    public bool IsShadow => Scan.Shadow;

    /// <summary>What the rule finds, for people; may be empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>The least profile in which the rule takes part.</summary>
    public Profile Profile { get; init; }

    /// <summary>What takes the place of a finding.</summary>
    public Mask Mask { get; init; }

    /// <summary>The masks for single services, by <c>service.name</c>, in place of <see cref="Mask"/>.</summary>
    public IReadOnlyDictionary<string, Mask> MaskByService { get; init; } = FrozenDictionary<string, Mask>.Empty;

    /// <summary>Where the rule takes part; null: everywhere.</summary>
    public RuleScope? Scope { get; init; }

    /// <summary>How bad a finding is; those of high severity are audited.</summary>
    public Severity Severity { get; init; } = Severity.Medium;

    /// <summary>Words by which overrides and policies select rules.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What is known of the secrets that the rule stands for; null: it is no rule of known secrets.</summary>
    public SecretMetadata? Known { get; init; }

    /// <summary>Texts that show what the rule finds and leaves alone; <c>redactor check</c> runs them.</summary>
    public IReadOnlyList<RuleExample> Examples { get; init; } = [];

    /// <summary>The file that holds the rule, as the user would name it; empty for a rule made in code.</summary>
    public string File { get; init; } = "";

    /// <summary>Where the rule begins in <see cref="File"/>, from 1; 0 for a rule made in code.</summary>
    public int Line { get; init; }

    /// <inheritdoc cref="Line"/>
    public int Column { get; init; }
}
