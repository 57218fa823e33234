using Redactor.Rules;

namespace Redactor.Known;

/// <summary>Reads the sources again and again, and puts what changed in force.</summary>
public sealed class KnownWatcher : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Task watching;

    private KnownWatcher(KnownStore store, RuleStore rules, TimeProvider time) => watching = WatchAsync(store, rules, time);

    /// <summary>Starts to watch.</summary>
    public static KnownWatcher Start(KnownStore store, RuleStore rules, TimeProvider time) => new(store, rules, time);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await watching;
        stopping.Dispose();
    }

    private async Task WatchAsync(KnownStore store, RuleStore rules, TimeProvider time)
    {
        using var timer = new PeriodicTimer(store.RefreshInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token))
            {
                if (await store.RefreshAsync(stopping.Token))
                {
                    rules.Use(store.Current);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The program ends.
            return;
        }
    }
}
