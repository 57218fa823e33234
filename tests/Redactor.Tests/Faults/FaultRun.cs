using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Redactor.Tests.Faults;

/// <summary>How a run ended.</summary>
internal sealed record FaultReport
{
    public required int Seed { get; init; }

    public required bool WithQueue { get; init; }

    public required string Events { get; init; }

    /// <summary>Records that the sender was told are delivered or kept.</summary>
    public required int Acknowledged { get; init; }

    /// <summary>Records in batches that the sender was told are refused for good, in whole or in part.</summary>
    public required int Refused { get; init; }

    /// <summary>Requests that the sender had to repeat.</summary>
    public required int Retries { get; init; }

    /// <summary>Arrivals beyond the first, at both backends.</summary>
    public required int Duplicates { get; init; }

    /// <summary>Records in dead letters, of both backends.</summary>
    public required int DeadLetters { get; init; }

    /// <summary>Acknowledged records that a backend neither got nor has as a dead letter. Must be none.</summary>
    public required int Lost { get; init; }

    /// <summary>Places where the secret was seen behind the redactor. Must be none.</summary>
    public required IReadOnlyList<string> Leaks { get; init; }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Seed} | {(WithQueue ? "queue" : "no queue")} | {Acknowledged} | {Refused} | {Retries} | {Duplicates} | {DeadLetters} | {Lost} | {Leaks.Count} | {Events} |");
}

/// <summary>
/// Sender -> redactor -> two backends, while things die. In the end every acknowledged record must be at each backend, or in the dead letters
/// of that backend, and the secret nowhere behind the redactor: not at a backend, in a file, in the log.
/// </summary>
/// <param name="seed">Decides what happens when.</param>
/// <param name="count">How many records are sent.</param>
/// <param name="withQueue">Whether there is a disk queue.</param>
internal sealed class FaultRun(int seed, int count, bool withQueue)
{
    private const int DiskMiB = 96;

    /// <summary>Nobody's password, made at run time.</summary>
    private readonly string secret = "canary-" + new string('q', 12) + seed.ToString("D12", CultureInfo.InvariantCulture);

    private readonly int[] ports = FreePorts(5);

    public async Task<FaultReport> RunAsync()
    {
        var directory = Directory.CreateTempSubdirectory("redactor-faults-");
        try
        {
            return await RunAsync(directory.FullName);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private async Task<FaultReport> RunAsync(string directory)
    {
        string queue = Directory.CreateDirectory(Path.Combine(directory, "queue")).FullName;
        using var disk = SmallDisk.Mount(queue, DiskMiB);
        string rules = Path.Combine(directory, "rules.yaml"), configuration = Path.Combine(directory, "redactor.yaml");
        await File.WriteAllTextAsync(rules, FaultScript.Rules(version: 0));
        await File.WriteAllTextAsync(configuration, Configuration(rules, queue));
        await using var grpc = new FaultyBackend(ports[0], grpc: true, count, secret);
        await using var http = new FaultyBackend(ports[1], grpc: false, count, secret);
        await grpc.StartAsync();
        await http.StartAsync();
        using var redactor = new MortalRedactor(configuration, new Uri($"http://127.0.0.1:{ports[3]}"), directory);
        await redactor.StartAsync();
        using var sender = new FaultSender(new Uri($"http://127.0.0.1:{ports[2]}"), new NumberedRecords(secret), count);

        var sending = sender.SendAllAsync();
        var script = new FaultScript(new Random(seed), redactor, [grpc, http], rules, withQueue && disk.CanBeFilled ? disk : null);
        await script.RunUntilAsync(sending);
        await sending;
        await redactor.WaitUntilDrainedAsync();
        redactor.Kill();

        var dead = withQueue ? DeadNumbers(queue) : [];
        return Report(sender, script, [("otlp", grpc), ("otlphttp", http)], dead, [.. Leaks(directory, redactor)]);
    }

    private FaultReport Report(
        FaultSender sender, FaultScript script, (string Name, FaultyBackend Backend)[] backends, HashSet<(string Exporter, int Number)> dead, IReadOnlyList<string> leaks)
    {
        int[] acknowledged = [.. sender.Acknowledged.SelectMany(first => Enumerable.Range(first, Math.Min(NumberedRecords.BatchSize, count - first)))];
        return new FaultReport
        {
            Seed = seed,
            WithQueue = withQueue,
            Events = script.ToString(),
            Acknowledged = acknowledged.Length,
            Refused = count - acknowledged.Length,
            Retries = sender.Retries,
            Duplicates = backends.Sum(b => b.Backend.Arrivals.Sum(arrivals => Math.Max(0, arrivals - 1))),
            DeadLetters = dead.Count,
            Lost = backends.Sum(b => acknowledged.Count(number => b.Backend.Arrivals[number] == 0 && !dead.Contains((b.Name, number)))),
            Leaks = [.. leaks, .. backends.Where(b => b.Backend.Leaks > 0).Select(b => b.Name)],
        };
    }

    /// <summary>The numbers in the dead letters, straight from the file; each must have a reason.</summary>
    private static HashSet<(string Exporter, int Number)> DeadNumbers(string queue)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(queue, "queue.db")};Pooling=false");
        connection.Open();
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT exporter, reason, payload FROM dead_letter JOIN batch ON batch.id = dead_letter.batch";
        using var row = select.ExecuteReader();
        var numbers = new HashSet<(string, int)>();
        while (row.Read())
        {
            Assert.NotEqual("", row.GetString(1));
            numbers.UnionWith(NumberedRecords.Numbers(row.GetFieldValue<byte[]>(2)).Select(number => (row.GetString(0), number)));
        }

        return numbers;
    }

    /// <summary>Every file of the run, among them what a crash would leave, and everything that the process wrote.</summary>
    private IEnumerable<string> Leaks(string directory, MortalRedactor redactor)
    {
        byte[] text = Encoding.UTF8.GetBytes(secret);
        foreach (string file in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Where(f => File.ReadAllBytes(f).AsSpan().IndexOf(text) >= 0))
        {
            yield return Path.GetFileName(file);
        }

        if (redactor.Output.Any(line => line.Contains(secret, StringComparison.Ordinal)))
        {
            yield return "log";
        }
    }

    private string Configuration(string rules, string queue)
    {
        const string retries = "retry_on_failure: {initial_interval: 20ms, max_interval: 200ms}";
        string section = withQueue ? $"queue: {{directory: {queue}, max_size_mib: 16, synchronous: {(seed % 2 == 0 ? "full" : "normal")}}}" : "";
        return $$"""
            receivers:
              otlp: {protocols: {http: {endpoint: "127.0.0.1:{{ports[2]}}" } } }
            rules: {files: ["{{rules}}"]}
            exporters:
              otlp: {endpoint: "http://127.0.0.1:{{ports[0]}}", timeout: 300ms, {{retries}}}
              otlphttp: {endpoint: "http://127.0.0.1:{{ports[1]}}", timeout: 300ms, {{retries}}}
            {{section}}
            health: {endpoint: "127.0.0.1:{{ports[3]}}"}
            admin: {endpoint: "127.0.0.1:{{ports[4]}}"}
            """;
    }

    /// <summary>Ports that are free, and stay so while the redactor is dead: below those that Linux gives to outgoing connections (from 32768 on).</summary>
    private static int[] FreePorts(int count)
    {
        var ports = new HashSet<int>();
        while (ports.Count < count)
        {
            int port = Random.Shared.Next(20_000, 32_768);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                ports.Add(port);
            }
            catch (SocketException)
            {
                // Taken: try another.
                continue;
            }
        }

        return [.. ports];
    }
}
