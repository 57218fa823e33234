using Confluent.Kafka;
using Redactor.Tests.Kafka;

namespace Redactor.Tests.Faults;

/// <summary>
/// Puts every batch into a topic, and waits until the group has committed all of them. The cluster lives here, in the tests' process, so that it
/// outlives the redactor.
/// </summary>
/// <param name="records">The batches.</param>
/// <param name="count">How many records there are.</param>
internal sealed class KafkaFaultSource(NumberedRecords records, int count) : IFaultSource, IDisposable
{
    /// <summary>The mock cluster throws away what exceeds 5 MiB of a partition; a batch has some 14 KB.</summary>
    private const int MaxBatchesInPartition = 150;

    private const int LeastPartitions = 8;

    /// <summary>How far apart batches arrive: they go on arriving while instances die and come back.</summary>
    private static readonly TimeSpan ArrivalInterval = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Far beyond what a run takes on a crowded machine.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(15);

    private readonly TestCluster cluster = new();
    private readonly List<int> produced = [];
    private readonly int partitions = Math.Max(LeastPartitions, (count / NumberedRecords.BatchSize / MaxBatchesInPartition) + 1);
    private string? topic;

    public IEnumerable<int> Acknowledged { get; private set; } = [];

    public int Retries => 0;

    /// <summary>The section <c>receivers.kafka</c> of an instance.</summary>
    /// <param name="letters">The file that it keeps dead letters in.</param>
    public string Receiver(string letters) =>
        $"kafka: {{brokers: [\"{cluster.Bootstrap}\"], group_id: {cluster.Name("faults")}, session_timeout: 2s, logs: {{topics: [{Topic()}]}}, dead_letter: {{file: {letters}}}}}";

    /// <summary>The brokers are away for a while.</summary>
    public Task BreakAsync(TimeSpan duration) => cluster.BreakAsync(duration);

    public async Task SendAllAsync()
    {
        for (int first = 0; first < count; first += NumberedRecords.BatchSize)
        {
            byte[] batch = records.Batch(first, Math.Min(NumberedRecords.BatchSize, count - first));
            cluster.Produce(Topic(), new Message<byte[]?, byte[]?> { Value = batch }, produced.Count % partitions);
            produced.Add(first);
            await Task.Delay(ArrivalInterval);
        }

        await Task.Run(cluster.Flush);
        for (var deadline = DateTime.UtcNow + Deadline; !await Task.Run(AllCommitted); await Task.Delay(LookInterval))
        {
            Assert.True(DateTime.UtcNow < deadline, "the group did not commit everything");
        }

        Acknowledged = produced;
    }

    public void Dispose() => cluster.Dispose();

    private bool AllCommitted()
    {
        try
        {
            return Enumerable.Range(0, partitions).All(partition => cluster.Committed(cluster.Name("faults"), Topic(), partition) == cluster.End(Topic(), partition));
        }
        catch (KafkaException)
        {
            // The brokers are away: ask again.
            return false;
        }
    }

    private string Topic() => topic ??= cluster.CreateTopic("numbers", partitions);
}
