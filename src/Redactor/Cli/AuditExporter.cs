using System.Globalization;
using System.Threading.Channels;
using Google.Protobuf;
using Redactor.Forward;
using Redactor.Otlp;
using Redactor.Redact;
using Redactor.Rules;
using Redactor.Telemetry;

namespace Redactor.Cli;

/// <summary>
/// Sends the audit's records through an exporter, as OTLP logs, redacted like all that leaves. In the background: who sent a secret never waits for it. What the exporter
/// does not take, after its retries, is counted.
/// </summary>
internal sealed class AuditExporter : ILogger, IAsyncDisposable
{
    /// <summary>Records that wait at most: as many as a window may open. Those beyond are counted as not told.</summary>
    private const int MaxWaiting = AuditLog.MaxOpen;

    /// <summary>Records of one request: 100, some 50 KiB.</summary>
    private const int MaxBatch = 100;

    private const int WarningNumber = 13; // SEVERITY_NUMBER_WARN

    /// <summary>How long the last records may take once the program stops.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);

    private readonly IExporter exporter;
    private readonly RuleStore rules;
    private readonly RedactorMetrics metrics;
    private readonly Channel<AuditRecord> waiting = Channel.CreateBounded<AuditRecord>(MaxWaiting);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task sending;

    /// <param name="exporter">Takes logs. Belongs to this one.</param>
    /// <param name="rules">The rules that records are redacted with.</param>
    /// <param name="metrics">Told of records that do not arrive.</param>
    public AuditExporter(IExporter exporter, RuleStore rules, RedactorMetrics metrics)
    {
        (this.exporter, this.rules, this.metrics) = (exporter, rules, metrics);
        sending = Task.Run(SendAllAsync);
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (state is AuditRecord record && !waiting.Writer.TryWrite(record))
        {
            metrics.NotAudited();
        }
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.Complete();
        stopping.CancelAfter(DrainTime);
        await sending;
        stopping.Dispose();
        exporter.Dispose();
    }

    private async Task SendAllAsync()
    {
        var batch = new List<AuditRecord>();
        while (await waiting.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MaxBatch && waiting.Reader.TryRead(out var record))
            {
                batch.Add(record);
            }

            if (!await IsAcceptedAsync(batch))
            {
                batch.ForEach(_ => metrics.NotAudited());
            }
        }
    }

    private async Task<bool> IsAcceptedAsync(List<AuditRecord> batch)
    {
        var payload = new Payload(Signal.Logs, PayloadEncoding.Protobuf, Request(batch).ToByteArray(), Origin.None);
        try
        {
            return PayloadRedactor.Redact(payload, rules.Current).Payload is { } clean
                && await exporter.ExportAsync(clean, stopping.Token) is ExportOutcome.Accepted;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static ExportLogsServiceRequest Request(List<AuditRecord> batch)
    {
        var scope = new ScopeLogs { Scope = new InstrumentationScope { Name = AuditLog.Category, Version = ProductVersion.Text } };
        scope.LogRecords.AddRange(batch.Select(Record));
        var resource = new Resource { Attributes = { Attribute("service.name", "redactor") } };
        return new ExportLogsServiceRequest { ResourceLogs = { new ResourceLogs { Resource = resource, ScopeLogs = { scope } } } };
    }

    private static LogRecord Record(AuditRecord audited)
    {
        ulong now = (ulong)(DateTime.UtcNow - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        var record = new LogRecord
        {
            TimeUnixNano = now,
            ObservedTimeUnixNano = now,
            SeverityNumber = (SeverityNumber)WarningNumber,
            SeverityText = "WARN",
            Body = new AnyValue { StringValue = audited.ToString() },
        };
        foreach (var (name, value) in audited)
        {
            switch (name)
            {
                case "trace_id":
                    record.TraceId = ByteString.CopyFrom(Convert.FromHexString((string)value!));
                    break;
                case "span_id":
                    record.SpanId = ByteString.CopyFrom(Convert.FromHexString((string)value!));
                    break;
                default:
                    record.Attributes.Add(Attribute(name, value!));
                    break;
            }
        }

        return record;
    }

    private static KeyValue Attribute(string key, object value) => new()
    {
        Key = key,
        Value = value switch
        {
            bool truth => new AnyValue { BoolValue = truth },
            long number => new AnyValue { IntValue = number },
            _ => new AnyValue { StringValue = Convert.ToString(value, CultureInfo.InvariantCulture) },
        },
    };
}
