using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Redactor.Tests.Faults;

/// <summary>
/// Sender or Kafka -> redactor -> two backends, while things die. In the end every acknowledged record must be at each backend, or in the dead
/// letters of that backend, and the secret nowhere behind the redactor: not at a backend, in a file, in the log.
/// </summary>
/// <param name="seed">Decides what happens when.</param>
/// <param name="count">How many records are sent.</param>
/// <param name="mode">What the run is about.</param>
internal sealed class FaultRun(int seed, int count, FaultMode mode)
{
    public const string GrpcExporter = "otlp";
    public const string HttpExporter = "otlphttp";

    private const int DiskMiB = 96;

    /// <summary>Nobody's password, made at run time.</summary>
    private readonly string secret = "canary-" + new string('q', 12) + seed.ToString("D12", CultureInfo.InvariantCulture);

    private readonly int[] ports = FreePorts(8);

    public async Task<FaultReport> RunAsync()
    {
        var directory = Directory.CreateTempSubdirectory("redactor-faults-");
        try
        {
            return await RunAsync(directory);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private async Task<FaultReport> RunAsync(DirectoryInfo directory)
    {
        string rules = Path.Combine(directory.FullName, "rules.yaml");
        await File.WriteAllTextAsync(rules, FaultScript.Rules(version: 0));
        using var first = new FaultInstance(directory.CreateSubdirectory("first").FullName, ports[2..5]);
        using var second = mode.FromKafka ? new FaultInstance(directory.CreateSubdirectory("second").FullName, ports[5..8]) : null;
        FaultInstance[] instances = second is null ? [first] : [first, second];
        using var disk = SmallDisk.Mount(first.Queue, DiskMiB);
        await using var grpc = new FaultyBackend(ports[0], grpc: true, count, secret);
        await using var http = new FaultyBackend(ports[1], grpc: false, count, secret);
        await grpc.StartAsync();
        await http.StartAsync();
        var records = new NumberedRecords(secret);
        using var kafka = mode.FromKafka ? new KafkaFaultSource(records, count) : null;
        using var sender = kafka is null ? new FaultSender(first.Http, records, count) : null;
        IFaultSource source = kafka is null ? sender! : kafka;
        foreach (var instance in instances)
        {
            instance.Configure(kafka?.Receiver(instance.Letters), rules, (ports[0], ports[1]), mode.WithQueue ? seed % 2 == 0 ? "full" : "normal" : null);
            await instance.Process.StartAsync();
        }

        var sending = source.SendAllAsync();
        var script = new FaultScript(new Random(seed), first.Process, [grpc, http], rules)
        {
            Disk = mode.WithQueue && disk.CanBeFilled ? disk : null,
            Group = kafka is null || second is null ? null : (kafka, second.Process),
        };
        await script.RunUntilAsync(sending);
        await sending;
        foreach (var instance in instances)
        {
            await instance.Process.WaitUntilDrainedAsync();
            await instance.Process.KillAsync();
        }

        return Report(source, script, instances, [(GrpcExporter, grpc), (HttpExporter, http)], [.. Leaks(directory.FullName, instances)]);
    }

    private FaultReport Report(
        IFaultSource source, FaultScript script, FaultInstance[] instances, (string Name, FaultyBackend Backend)[] backends, IReadOnlyList<string> leaks)
    {
        int[] acknowledged = [.. source.Acknowledged.SelectMany(first => Enumerable.Range(first, Math.Min(NumberedRecords.BatchSize, count - first)))];
        HashSet<(string Exporter, int Number)> dead = [.. instances.SelectMany(instance => instance.DeadNumbers())];
        return new FaultReport
        {
            Seed = seed,
            Mode = mode,
            Events = script.ToString(),
            Acknowledged = acknowledged.Length,
            Refused = count - acknowledged.Length,
            Retries = source.Retries,
            Rebalances = instances.Sum(instance => instance.Process.Rebalances),
            Duplicates = backends.Sum(b => b.Backend.Arrivals.Sum(arrivals => Math.Max(0, arrivals - 1))),
            DeadLetters = dead.Count,
            Lost = backends.Sum(b => acknowledged.Count(number => b.Backend.Arrivals[number] == 0 && !dead.Contains((b.Name, number)))),
            Leaks = [.. leaks, .. backends.Where(b => b.Backend.Leaks > 0).Select(b => b.Name)],
        };
    }

    /// <summary>Every file of the run, among them what a crash would leave, and everything that the processes wrote.</summary>
    private IEnumerable<string> Leaks(string directory, FaultInstance[] instances)
    {
        byte[] text = Encoding.UTF8.GetBytes(secret);
        foreach (string file in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Where(f => File.ReadAllBytes(f).AsSpan().IndexOf(text) >= 0))
        {
            yield return Path.GetFileName(file);
        }

        if (instances.Any(instance => instance.Process.Output.Any(line => line.Contains(secret, StringComparison.Ordinal))))
        {
            yield return "log";
        }
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
