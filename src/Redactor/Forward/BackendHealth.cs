using System.Collections.Concurrent;

namespace Redactor.Forward;

/// <summary>Since when each backend has refused everything. Thread-safe.</summary>
/// <param name="time">Measures how long.</param>
public sealed class BackendHealth(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Failing> failing = new();

    /// <summary>Notes how an attempt ended.</summary>
    public void Observe(string exporter, ExportOutcome outcome)
    {
        if (outcome is ExportOutcome.Accepted or ExportOutcome.PartialSuccess)
        {
            failing.TryRemove(exporter, out _);
            return;
        }

        var now = time.GetUtcNow();
        var believed = now + ForwardLimits.BackendMemory + ((outcome as ExportOutcome.Retryable)?.RetryAfter ?? TimeSpan.Zero);
        failing.AddOrUpdate(exporter, _ => new Failing(now, now, believed), (_, before) => before with { Last = now, Believed = believed });
    }

    /// <summary>The backends that have refused for longer than <see cref="ForwardLimits.BackendTrouble"/>, each with a line about it; none if all is well.</summary>
    public IEnumerable<string> Troubles()
    {
        var now = time.GetUtcNow();
        return failing
            .Where(f => f.Value.Last - f.Value.Since >= ForwardLimits.BackendTrouble && now < f.Value.Believed)
            .Select(f => $"{f.Key}: has accepted nothing for {(now - f.Value.Since).TotalSeconds:0} s");
    }

    /// <param name="Since">The first failure behind the last success.</param>
    /// <param name="Last">The last failure.</param>
    /// <param name="Believed">Until when the last failure tells something.</param>
    private sealed record Failing(DateTimeOffset Since, DateTimeOffset Last, DateTimeOffset Believed);
}
