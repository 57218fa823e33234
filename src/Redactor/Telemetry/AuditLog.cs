using Redactor.Rules;

namespace Redactor.Telemetry;

/// <summary>A finding that is audited, without what was found.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Fingerprint">The keyed fingerprint of what was found.</param>
/// <param name="Service">The service in whose telemetry it was; redacted; null: not known.</param>
/// <param name="Environment">The environment in which the service runs; redacted; null: not known.</param>
/// <param name="Place">The kind of place.</param>
/// <param name="TraceId">The trace, in hex; null: none.</param>
/// <param name="SpanId">The span, in hex; null: none.</param>
/// <param name="Known">What is known of the secret; null: it is no known one.</param>
public sealed record AuditEntry(string Rule, string Fingerprint, string? Service, string? Environment, string Place, string? TraceId, string? SpanId, SecretMetadata? Known);

/// <summary>
/// One record for a secret that is found, at once; then for one secret in one service at most one a window, with the number of findings in it. Thread-safe.
/// </summary>
public sealed class AuditLog : IDisposable
{
    /// <summary>The category of the records.</summary>
    public const string Category = "Redactor.Audit";

    /// <summary>A minute: soon enough to act, and a key that leaks in every request makes 60 lines an hour.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Secrets, by service, that may be found in one window: 1,000 lines a minute. What goes beyond is counted.</summary>
    public const int MaxOpen = 1000;

    private readonly IReadOnlyList<ILogger> loggers;
    private readonly RedactorMetrics metrics;
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private readonly Lock opening = new();
    private readonly Dictionary<(string Rule, string Fingerprint, string? Service, string? Environment), OpenWindow> open = [];

    /// <param name="loggers">Where records go.</param>
    /// <param name="metrics">Told of what no record tells.</param>
    /// <param name="time">Measures the windows.</param>
    public AuditLog(IReadOnlyList<ILogger> loggers, RedactorMetrics metrics, TimeProvider time)
    {
        (this.loggers, this.metrics, this.time) = (loggers, metrics, time);
        timer = time.CreateTimer(_ => CloseWindows(all: false), null, Window, Window / 4);
    }

    /// <summary>Takes a finding.</summary>
    public void Found(AuditEntry entry)
    {
        var now = time.GetUtcNow();
        lock (opening)
        {
            var key = (entry.Rule, entry.Fingerprint, entry.Service, entry.Environment);
            if (open.TryGetValue(key, out var window))
            {
                window.Add(entry, now);
                return;
            }

            if (open.Count == MaxOpen)
            {
                metrics.NotAudited();
                return;
            }

            open.Add(key, new OpenWindow(now));
        }

        Write(new AuditRecord(entry, 1, now, now));
    }

    /// <summary>Writes what is still to be told.</summary>
    public void Dispose()
    {
        timer.Dispose();
        CloseWindows(all: true);
    }

    /// <summary>Ends windows that are over; where something was found in one, the next begins.</summary>
    internal void CloseWindows(bool all)
    {
        var now = time.GetUtcNow();
        var records = new List<AuditRecord>();
        lock (opening)
        {
            foreach (var (key, window) in open.ToArray())
            {
                if (!all && now - window.Opened < Window)
                {
                    continue;
                }

                if (window.Last is { } last)
                {
                    records.Add(new AuditRecord(last, window.Count, window.FirstSeen, window.LastSeen));
                }

                open.Remove(key);
                if (window.Last is not null)
                {
                    open.Add(key, new OpenWindow(now));
                }
            }
        }

        records.ForEach(Write);
    }

    private void Write(AuditRecord record)
    {
        foreach (var logger in loggers)
        {
            logger.Log(LogLevel.Warning, default, record, null, static (audited, _) => audited.ToString());
        }
    }

    private sealed class OpenWindow(DateTimeOffset opened)
    {
        public DateTimeOffset Opened { get; } = opened;

        public long Count { get; private set; }

        public DateTimeOffset FirstSeen { get; private set; }

        public DateTimeOffset LastSeen { get; private set; }

        public AuditEntry? Last { get; private set; }

        public void Add(AuditEntry entry, DateTimeOffset now)
        {
            FirstSeen = Count == 0 ? now : FirstSeen;
            (LastSeen, Last) = (now, entry);
            Count++;
        }
    }
}
