namespace Redactor.Redact;

/// <summary>Lets large payloads be redacted one at a time, and all others at once. Thread-safe.</summary>
internal sealed class LargeTurn : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Waits until a payload of <paramref name="length"/> bytes may be redacted; disposing of the result ends its turn.</summary>
    public async ValueTask<IDisposable?> TakeAsync(int length, CancellationToken cancellation)
    {
        if (length <= RedactLimits.LargePayload)
        {
            return null;
        }

        await turn.WaitAsync(cancellation);
        return new Turn(turn);
    }

    public void Dispose() => turn.Dispose();

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
