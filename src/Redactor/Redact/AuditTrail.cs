using Redactor.Rules;

namespace Redactor.Redact;

/// <summary>Where something was found, as the payload tells it: text of the sender.</summary>
/// <param name="Service"><c>service.name</c> of the resource; null: not said.</param>
/// <param name="Environment"><c>deployment.environment.name</c> of the resource; null: not said.</param>
/// <param name="TraceId">The trace of the span or log record, 32 hex digits; null: none.</param>
/// <param name="SpanId">The span, 16 hex digits; null: none.</param>
public readonly record struct AuditOrigin(string? Service, string? Environment, string? TraceId, string? SpanId);

/// <summary>A finding that somebody should hear of. It holds nothing of what was found.</summary>
/// <param name="Rule">Index into <see cref="RuleSet.Rules"/>.</param>
/// <param name="Place">Where, as one of a small fixed set of labels.</param>
/// <param name="Fingerprint">The keyed fingerprint of what was found.</param>
/// <param name="Origin">Where in the payload.</param>
public readonly record struct AuditedFinding(int Rule, string Place, string Fingerprint, AuditOrigin Origin);

/// <summary>Collects the findings of high severity in one payload, known secrets among them. Reused; not thread-safe.</summary>
internal sealed class AuditTrail
{
    private readonly List<AuditedFinding> found = [];
    private RuleSet? rules;
    private int located;
    private int mark;

    /// <summary>What was found.</summary>
    public IReadOnlyList<AuditedFinding> Found => found.Count == 0 ? [] : [.. found];

    /// <summary>Whether something was found of which it is not known yet where.</summary>
    public bool HasNew => located < found.Count;

    /// <summary>Begins a payload.</summary>
    public void Begin(RuleSet inForce)
    {
        rules = inForce;
        found.Clear();
        located = 0;
    }

    /// <summary>Begins a unit whose findings may have to be forgotten.</summary>
    public void Mark() => mark = found.Count;

    /// <summary>Forgets what was found since <see cref="Mark"/>, and hands it over.</summary>
    public List<AuditedFinding> Take()
    {
        List<AuditedFinding> taken = found.GetRange(mark, found.Count - mark);
        found.RemoveRange(mark, taken.Count);
        return taken;
    }

    /// <summary>Takes findings of which it is known where they are.</summary>
    public void Add(IEnumerable<AuditedFinding> findings, AuditOrigin origin)
    {
        found.AddRange(findings.Take(RedactLimits.MaxAudited - found.Count));
        Locate(origin);
    }

    /// <summary>Takes a finding, if it is to be audited.</summary>
    public void Add(int rule, string place, ReadOnlySpan<byte> text)
    {
        if (rules is not null && rules.Rules[rule] is { Severity: Severity.High } && found.Count < RedactLimits.MaxAudited)
        {
            found.Add(new AuditedFinding(rule, place, Fingerprint.Of(rules.HashKeys, text), default));
        }
    }

    /// <summary>Says where the new findings are.</summary>
    public void Locate(AuditOrigin origin)
    {
        for (; located < found.Count; located++)
        {
            found[located] = found[located] with { Origin = origin };
        }
    }
}
