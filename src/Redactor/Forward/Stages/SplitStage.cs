namespace Redactor.Forward.Stages;

/// <summary>Halves what the backend calls too large and sends the parts in order, so that one large record does not drop a batch.</summary>
/// <param name="next">Sends, and tries again.</param>
internal sealed class SplitStage(IExporter next) : ExporterStage(next)
{
    public override async Task<ExportOutcome> ExportAsync(RedactedPayload payload, CancellationToken cancellation)
    {
        var outcome = await Next.ExportAsync(payload, cancellation);
        if (outcome is not ExportOutcome.Refused { Reason: Refusal.BackendTooLarge } || PayloadSplitter.Halve(payload) is not var (first, second))
        {
            return outcome;
        }

        var former = await ExportAsync(first, cancellation);
        return former is ExportOutcome.Retryable ? former : Join(first, former, second, await ExportAsync(second, cancellation));
    }

    /// <summary>A part to try again means all of it: the backend may get the other part twice. Both refused is a refusal; one refused, a partial success.</summary>
    private static ExportOutcome Join(RedactedPayload first, ExportOutcome former, RedactedPayload second, ExportOutcome latter) => (former, latter) switch
    {
        (_, ExportOutcome.Retryable) => latter,
        (ExportOutcome.Refused, ExportOutcome.Refused) => former,
        (ExportOutcome.Accepted, ExportOutcome.Accepted) => former,
        _ => Sum(AsPartial(first, former), AsPartial(second, latter)),
    };

    private static ExportOutcome.PartialSuccess AsPartial(RedactedPayload part, ExportOutcome outcome) => outcome switch
    {
        ExportOutcome.PartialSuccess { RejectedCount: > 0, Rejected: [] } partial => partial with { Rejected = [part] },
        ExportOutcome.PartialSuccess partial => partial,
        ExportOutcome.Refused refused => new ExportOutcome.PartialSuccess(PayloadSplitter.Count(part), refused.Message ?? "") { Rejected = [part] },
        _ => new ExportOutcome.PartialSuccess(0, ""),
    };

    private static ExportOutcome.PartialSuccess Sum(ExportOutcome.PartialSuccess a, ExportOutcome.PartialSuccess b) =>
        new(a.RejectedCount + b.RejectedCount, a.Message.Length > 0 ? a.Message : b.Message) { Rejected = [.. a.Rejected, .. b.Rejected] };
}
