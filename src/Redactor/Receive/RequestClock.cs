using System.Diagnostics;

namespace Redactor.Receive;

/// <summary>How long a request may take: its body as long as the receiver lets it, all of it as long as the sender waits.</summary>
internal sealed class RequestClock : IDisposable
{
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly TimeSpan? timeout;
    private readonly CancellationTokenSource source;
    private readonly bool bodyIsNearer;
    private bool bodyIsComplete;

    /// <param name="timeout">How long the sender waits, or null for no end.</param>
    /// <param name="bodyTimeout">How long the body may take.</param>
    /// <param name="senderGone">Cancels too.</param>
    public RequestClock(TimeSpan? timeout, TimeSpan bodyTimeout, CancellationToken senderGone)
    {
        this.timeout = timeout;
        bodyIsNearer = timeout is null || timeout > bodyTimeout;
        source = CancellationTokenSource.CreateLinkedTokenSource(senderGone);
        source.CancelAfter(bodyIsNearer ? bodyTimeout : timeout!.Value);
    }

    /// <summary>Cancelled when the time is over, or the sender gone.</summary>
    public CancellationToken Token => source.Token;

    public bool IsOver => source.IsCancellationRequested;

    /// <summary>What was too slow.</summary>
    public Refusal Reason => bodyIsNearer && !bodyIsComplete ? Refusal.TooSlow : Refusal.DeadlinePassed;

    /// <summary>From now on only the sender's own deadline holds.</summary>
    public void BodyIsComplete()
    {
        bodyIsComplete = true;
        if (bodyIsNearer)
        {
            source.CancelAfter(timeout is { } all ? Max(all - Stopwatch.GetElapsedTime(started), TimeSpan.Zero) : Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => source.Dispose();

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
