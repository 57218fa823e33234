using System.Diagnostics;
using System.Text;
using Redactor.Redact;
using Redactor.Redact.Chunks;
using Redactor.Rules;
using Redactor.Scanning;
using Redactor.Telemetry;

namespace Redactor;

/// <summary>The whole flow: payload -> rules in force -> redaction -> backends -> what the sender is told. Thread-safe.</summary>
/// <param name="rules">The rules in force.</param>
/// <param name="forward">What becomes of a redacted payload: every backend of its signal accepts it, or the queue keeps it for them.</param>
/// <param name="inFlight">Where redacted copies are accounted for.</param>
/// <param name="metrics">Told of everything.</param>
/// <param name="audit">Told of secrets that somebody should hear of.</param>
public sealed class Pipeline(
    RuleStore rules, Func<RedactedPayload, CancellationToken, Task<ExportOutcome>> forward, InFlightBytes inFlight, RedactorMetrics metrics, AuditLog audit) : IDisposable
{
    /// <summary>Of so many requests one, the first among them, is observed rule by rule: often enough for a rule's share of the time, too rare to be felt.</summary>
    private const uint ObservedOneIn = 1024;

    /// <summary>Characters of a service's or environment's name in the audit: 255, the longest that resources have in practice.</summary>
    private const int MaxAuditedName = 255;

    private const string OverBudgetText = "text in them is encoded deeper or more often than is read";

    private readonly LargeTurn largeTurn = new();

    /// <summary>
    /// Whether text beyond the budgets of reading it is refused, in place of being masked: the records of a request that hold such, and a record of Kafka as the whole
    /// that it is, since nobody waits there for an answer and all of it can be kept.
    /// </summary>
    public bool RefuseOverBudget { get; init; }

    /// <summary>Says beforehand that what is redacted now would be refused, and how; null if not. Gets the bytes of requests that would come before it.</summary>
    public Func<long, ExportOutcome.Retryable?> Backpressure { get; init; } = _ => null;

    /// <summary>Holds requests back whose streams go on in others; null: none are.</summary>
    internal ChunkHold? Hold { get; init; }

    private uint requests;

    /// <summary>Takes one request through. Whatever goes wrong ends in an outcome that forwards nothing.</summary>
    /// <exception cref="OperationCanceledException">The sender gave up.</exception>
    public async Task<ExportOutcome> RunAsync(Payload payload, CancellationToken cancellation)
    {
        using var activity = OwnTelemetry.Source.StartActivity("redact");
        var inForce = rules.Current;
        var outcome = WithoutSecrets(await RunAsync(payload, inForce, activity, cancellation), inForce);
        metrics.Request(payload.Signal, payload.Bytes.Length, outcome);
        activity?.SetTag("redactor.signal", RedactorMetrics.Label(payload.Signal))
            .SetTag("redactor.bytes", payload.Bytes.Length)
            .SetTag("redactor.outcome", RedactorMetrics.Label(outcome));
        return outcome;
    }

    public void Dispose() => largeTurn.Dispose();

    private async Task<ExportOutcome> RunAsync(Payload payload, RuleSet inForce, Activity? activity, CancellationToken cancellation)
    {
        var neighbours = Hold is null ? null : await Hold.WaitAsync(payload, cancellation);
        if (Backpressure(0) is { } later)
        {
            return later;
        }

        var rewritten = new RewriteBuffer();
        var result = await RedactAsync(payload, neighbours, inForce, rewritten, cancellation);
        activity?.SetTag("redactor.findings", result.Report.Findings.Sum(f => f.Count));

        return result switch
        {
            { Status: RedactionStatus.Ok, Payload: { } clean } when RefuseOverBudget && payload.Envelope is not null && result.Report.UnitsOverBudget > 0 =>
                WithRejected(new ExportOutcome.Refused(Refusal.OverBudget), clean),
            { Status: RedactionStatus.Ok, Payload: { } clean } => WithDropped(WithRejected(await ForwardAsync(clean, rewritten, cancellation), clean), result.Report),
            { Status: RedactionStatus.Dropped } => WithDropped(ExportOutcome.Success, result.Report),
            { Status: RedactionStatus.OverBudget } => new ExportOutcome.Refused(Refusal.OverBudget),
            { Status: RedactionStatus.TooDeep } => new ExportOutcome.Refused(Refusal.TooDeep),
            { Status: RedactionStatus.TooDense } => new ExportOutcome.Refused(Refusal.TooDense),
            _ => new ExportOutcome.Refused(Refusal.Malformed),
        };
    }

    /// <summary>What was changed is a copy, and lives until somebody has answered for it.</summary>
    private async Task<ExportOutcome> ForwardAsync(RedactedPayload clean, RewriteBuffer rewritten, CancellationToken cancellation)
    {
        int copied = rewritten.Capacity;
        if (!inFlight.TryReserve(copied))
        {
            return new ExportOutcome.Refused(Refusal.Overloaded);
        }

        try
        {
            var outcome = await forward(clean, cancellation);
            if (outcome is ExportOutcome.Accepted)
            {
                // Only then is it certain that every backend has read all of it, nobody reads on and nothing of it is kept as rejected.
                rewritten.Return();
            }

            return outcome;
        }
        finally
        {
            inFlight.Release(copied);
        }
    }

    private async ValueTask<RedactionResult> RedactAsync(
        Payload payload, StreamNeighbours? neighbours, RuleSet inForce, RewriteBuffer rewritten, CancellationToken cancellation)
    {
        using var turn = await largeTurn.TakeAsync(payload.Bytes.Length, cancellation);
        var started = Stopwatch.GetTimestamp();
        var costs = (Interlocked.Increment(ref requests) - 1) % ObservedOneIn == 0 ? new RuleCosts(inForce.Scanner) : null;
        bool refuses = RefuseOverBudget && payload.Envelope is null;
        var result = PayloadRedactor.Redact(payload, inForce, rewritten, neighbours, refuses, costs);
        metrics.Scan(payload.Signal, Stopwatch.GetElapsedTime(started));
        Count(result.Report, inForce);
        Count(costs, inForce);
        Audit(result.Report, inForce);
        return result;
    }

    private void Count(RedactionReport report, RuleSet inForce)
    {
        foreach (var finding in report.Findings)
        {
            var rule = inForce.Rules[finding.Rule];
            metrics.Findings(rule.Id, finding.Place, finding.IsShadow, finding.Count);
            if (rule.Known is { } known)
            {
                metrics.KnownFindings(rule.Id, known, known.IsOverdue(DateOnly.FromDateTime(DateTime.UtcNow)), finding.Count);
            }
        }

        if (report.UnitsOverBudget > 0)
        {
            metrics.OverBudget(report.UnitsOverBudget);
        }

        if (report.RecordsDropped + report.RecordsRefused > 0)
        {
            metrics.Dropped(report.RecordsDropped, report.RecordsRefused);
        }
    }

    private void Count(RuleCosts? costs, RuleSet inForce)
    {
        if (costs is null)
        {
            return;
        }

        metrics.Observed();
        for (int rule = 0; rule < inForce.Rules.Count; rule++)
        {
            var cost = costs.ByRule[rule];
            if (cost.Candidates > 0)
            {
                metrics.RuleCost(inForce.Rules[rule].Id, cost.Candidates, cost.Accepted, cost.Rejected, cost.Elapsed);
            }
        }
    }

    /// <summary>A receiver that keeps what is refused for good keeps it redacted.</summary>
    private static ExportOutcome WithRejected(ExportOutcome outcome, RedactedPayload clean) =>
        outcome is ExportOutcome.Refused refused ? refused with { Rejected = clean } : outcome;

    private void Audit(RedactionReport report, RuleSet inForce)
    {
        (string? Service, string? Environment) told = default, masked = default;
        foreach (var finding in report.Audited)
        {
            // What a service calls itself is text like any other. Most findings of a request are of one.
            if ((finding.Origin.Service, finding.Origin.Environment) is var own && own != told)
            {
                told = own;
                masked = (Name(own.Service), Name(own.Environment));
            }

            var rule = inForce.Rules[finding.Rule];
            audit.Found(new AuditEntry(rule.Id, finding.Fingerprint, masked.Service, masked.Environment, finding.Place, finding.Origin.TraceId, finding.Origin.SpanId, rule.Known));
        }

        string? Name(string? text)
        {
            string? name = text is null ? null : Redacted(text, inForce);
            return name is { Length: > MaxAuditedName } ? name[..MaxAuditedName] : name;
        }
    }

    /// <summary>Records that were dropped are rejected for good: OTLP tells the sender by a partial success.</summary>
    private static ExportOutcome WithDropped(ExportOutcome outcome, RedactionReport report)
    {
        int dropped = report.RecordsDropped + report.RecordsRefused;
        return outcome switch
        {
            _ when dropped == 0 => outcome,
            ExportOutcome.Accepted => new ExportOutcome.PartialSuccess(dropped, WhyDropped(report)),
            ExportOutcome.PartialSuccess partial => partial with { RejectedCount = partial.RejectedCount + dropped, Message = $"{partial.Message}; {WhyDropped(report)}" },
            _ => outcome,
        };
    }

    private static string WhyDropped(RedactionReport report) => (report.RecordsDropped, report.RecordsRefused) switch
    {
        (var byRules, 0) => $"{byRules} dropped by a redaction rule",
        (0, var refused) => $"{refused} refused: {OverBudgetText}",
        (var byRules, var refused) => $"{byRules} dropped by a redaction rule, {refused} refused: {OverBudgetText}",
    };

    /// <summary>Backends like to quote what they refuse, credentials included: their words are redacted as payloads are.</summary>
    private static ExportOutcome WithoutSecrets(ExportOutcome outcome, RuleSet inForce) => outcome switch
    {
        ExportOutcome.PartialSuccess partial => partial with { Message = Redacted(partial.Message, inForce) },
        ExportOutcome.Retryable retryable => retryable with { Message = Redacted(retryable.Message, inForce) },
        ExportOutcome.Refused { Message: { } message } refused => refused with { Message = Redacted(message, inForce) },
        _ => outcome,
    };

    internal static string Redacted(string message, RuleSet inForce) =>
        Encoding.UTF8.GetString(TextRedactor.Redact(Encoding.UTF8.GetBytes(message), inForce).Bytes.Span);
}
