using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Redactor.Tests.Faults;

/// <summary>One instance of the redactor: where it listens, where it keeps what, and the process.</summary>
internal sealed class FaultInstance : IDisposable
{
    private readonly string configuration;
    private readonly int[] ports;

    /// <param name="directory">Its own, empty.</param>
    /// <param name="ports">Three: for OTLP over HTTP, health and admin.</param>
    public FaultInstance(string directory, int[] ports)
    {
        this.ports = ports;
        configuration = Path.Combine(directory, "redactor.yaml");
        Letters = Path.Combine(directory, "letters.jsonl");
        Queue = Directory.CreateDirectory(Path.Combine(directory, "queue")).FullName;
        Process = new MortalRedactor(configuration, new Uri($"http://127.0.0.1:{ports[1]}"), directory);
    }

    /// <summary>The queue's directory.</summary>
    public string Queue { get; }

    /// <summary>The file of dead letters of what comes from Kafka.</summary>
    public string Letters { get; }

    public MortalRedactor Process { get; }

    /// <summary>Where it takes OTLP over HTTP.</summary>
    public Uri Http => new($"http://127.0.0.1:{ports[0]}");

    /// <param name="receiver">A further receiver; null for none.</param>
    /// <param name="rules">The rule file.</param>
    /// <param name="backends">The ports of the two backends, gRPC and HTTP.</param>
    /// <param name="synchronous">How the queue syncs; null for no queue.</param>
    public void Configure(string? receiver, string rules, (int Grpc, int Http) backends, string? synchronous)
    {
        const string sending = "timeout: 300ms, retry_on_failure: {initial_interval: 20ms, max_interval: 200ms}";
        string queue = synchronous is null ? "" : $"queue: {{directory: {Queue}, max_size_mib: 16, synchronous: {synchronous}}}";
        File.WriteAllText(configuration, $$"""
            receivers:
              otlp: {protocols: {http: {endpoint: "127.0.0.1:{{ports[0]}}" } } }
              {{receiver}}
            rules: {files: ["{{rules}}"]}
            exporters:
              otlp: {endpoint: "http://127.0.0.1:{{backends.Grpc}}", {{sending}}}
              otlphttp: {endpoint: "http://127.0.0.1:{{backends.Http}}", {{sending}}}
            {{queue}}
            health: {endpoint: "127.0.0.1:{{ports[1]}}"}
            admin: {endpoint: "127.0.0.1:{{ports[2]}}"}
            """);
    }

    /// <summary>The numbers in its dead letters with the exporter that each is of. Each letter must have a reason.</summary>
    public IEnumerable<(string Exporter, int Number)> DeadNumbers() => [.. QueuedLetters(), .. FiledLetters()];

    public void Dispose() => Process.Dispose();

    /// <summary>Straight from the queue's file.</summary>
    private IEnumerable<(string Exporter, int Number)> QueuedLetters()
    {
        string file = Path.Combine(Queue, "queue.db");
        if (!File.Exists(file))
        {
            yield break;
        }

        using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT exporter, reason, payload FROM dead_letter JOIN batch ON batch.id = dead_letter.batch";
        using var row = select.ExecuteReader();
        while (row.Read())
        {
            Assert.NotEqual("", row.GetString(1));
            foreach (int number in NumberedRecords.Numbers(row.GetFieldValue<byte[]>(2)))
            {
                yield return (row.GetString(0), number);
            }
        }
    }

    /// <summary>Of a record of Kafka, which is a dead letter of all backends or of none. A line that was broken off by a kill is nobody's letter.</summary>
    private IEnumerable<(string Exporter, int Number)> FiledLetters()
    {
        foreach (string line in File.Exists(Letters) ? File.ReadLines(Letters).Where(l => l.EndsWith('}')) : [])
        {
            using var letter = JsonDocument.Parse(line);
            Assert.NotEqual("", letter.RootElement.GetProperty("reason").GetString());
            foreach (int number in NumberedRecords.Numbers(letter.RootElement.GetProperty("value").GetBytesFromBase64()))
            {
                yield return (FaultRun.GrpcExporter, number);
                yield return (FaultRun.HttpExporter, number);
            }
        }
    }
}
