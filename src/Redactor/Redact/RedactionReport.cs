namespace Redactor.Redact;

/// <summary>How often one rule found something in one kind of place.</summary>
/// <param name="Rule">Index into <see cref="Rules.RuleSet.Rules"/>.</param>
/// <param name="Place">Where, as one of a small fixed set of labels (<c>span.attribute</c>, <c>log.body</c>).</param>
/// <param name="Count">How many findings; those of shadow rules are counted too, though nothing was masked.</param>
public readonly record struct FindingCount(int Rule, string Place, int Count)
{
    /// <summary>Whether nothing was masked for them: the rule, or a policy for the content of a conversation, only counts.</summary>
    public bool IsShadow { get; init; }
}

/// <summary>What was found in one payload, without any of its text: fit for logs and metrics.</summary>
/// <param name="Findings">Findings by rule and place.</param>
/// <param name="UnitsOverBudget">Units masked, or refused, because reading them costs too much.</param>
/// <param name="RecordsDropped">Spans, log records, data points and profiles that rules dropped; the sender is told so as a partial success.</param>
public sealed record RedactionReport(IReadOnlyList<FindingCount> Findings, int UnitsOverBudget, int RecordsDropped)
{
    /// <summary>Records that were dropped since they hold a unit over budget, which the configuration refuses; the sender is told so likewise.</summary>
    public int RecordsRefused { get; init; }

    /// <summary>Findings that somebody should hear of, at most <see cref="RedactLimits.MaxAudited"/>.</summary>
    public IReadOnlyList<AuditedFinding> Audited { get; init; } = [];

    /// <summary>Nothing found.</summary>
    public static RedactionReport Clean { get; } = new([], 0, 0);
}
