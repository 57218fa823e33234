namespace Redactor.Forward.Stages;

/// <summary>Tries again what may succeed later, and nothing else, until it succeeds or the time is up.</summary>
/// <param name="next">Makes one attempt.</param>
/// <param name="options">How long and how often.</param>
/// <param name="onRetry">Told the exporter's name before each further attempt, to count them.</param>
/// <param name="time">Measures the waits.</param>
internal sealed class RetryStage(IExporter next, RetryOptions options, Action<string> onRetry, TimeProvider time) : ExporterStage(next)
{
    public override async Task<ExportOutcome> ExportAsync(RedactedPayload payload, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var waits = new RetryWaits(options, Random.Shared);
        while (true)
        {
            var outcome = await Next.ExportAsync(payload, cancellation);
            if (outcome is not ExportOutcome.Retryable retryable)
            {
                return outcome;
            }

            var wait = waits.Next(retryable.RetryAfter);
            if (time.GetElapsedTime(started) + wait > options.MaxElapsedTime)
            {
                return outcome;
            }

            await Task.Delay(wait, time, cancellation);
            onRetry(Name);
        }
    }
}
