namespace Redactor.Forward.Stages;

/// <summary>Gives one attempt so much time and no more. What takes longer may succeed later.</summary>
/// <param name="next">Sends.</param>
/// <param name="timeout">How long an attempt may take.</param>
/// <param name="log">Told when an attempt takes too long.</param>
internal sealed class TimeoutStage(IExporter next, TimeSpan timeout, BackendLog log) : ExporterStage(next)
{
    public override async Task<ExportOutcome> ExportAsync(RedactedPayload payload, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(timeout);
        try
        {
            return await Next.ExportAsync(payload, limited.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            string status = $"no answer within {timeout.TotalSeconds:0.###} s";
            log.Problem(status);
            return new ExportOutcome.Retryable($"{Name}: {status}");
        }
    }
}
