using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Redactor.Receive.Kafka;

namespace Redactor.Tests.Kafka;

/// <summary>What stands behind a Kafka receiver: remembers every record that it accepts, and answers as a test says.</summary>
internal sealed class TestFlow
{
    private readonly ConcurrentQueue<string> accepted = new();

    /// <summary>Decides on a record by its text. Accepts by default.</summary>
    public Func<string, CancellationToken, Task<ExportOutcome>> Answer { get; set; } = (_, _) => Task.FromResult(ExportOutcome.Success);

    /// <summary>The texts of the records that were accepted, in that order.</summary>
    public IReadOnlyList<string> Accepted => [.. accepted];

    public ConcurrentQueue<Payload> Seen { get; } = new();

    public ConcurrentQueue<Refusal> DeadLetters { get; } = new();

    public int Retries { get; private set; }

    public int Rebalances { get; private set; }

    /// <summary>A receiver of logs that are text, with limits that suit a test.</summary>
    public KafkaReceiver Receive(TestCluster cluster, string group, IReadOnlyList<string> topics, Func<KafkaReceiverOptions, KafkaReceiverOptions>? change = null)
    {
        var options = new KafkaReceiverOptions
        {
            Name = "kafka",
            Connection = cluster.Connection,
            GroupId = group,
            Sources = new Dictionary<Signal, KafkaSource> { [Signal.Logs] = new(topics, PayloadEncoding.Text) },
            DeadLetters = new DeadLetterTarget(cluster.Name("dead"), null),
            Limits = new KafkaReceiveLimits
            {
                // The mock waits that long for members that have left.
                SessionTimeout = TimeSpan.FromSeconds(3),
                StopDrain = TimeSpan.FromSeconds(2),
                CommitInterval = TimeSpan.FromMilliseconds(100),
                FirstRetry = TimeSpan.FromMilliseconds(20),
                LongestRetry = TimeSpan.FromMilliseconds(200),
                LagInterval = TimeSpan.FromMilliseconds(100),
            },
        };
        var receiver = new KafkaReceiver(
            change?.Invoke(options) ?? options, new KafkaFlow(ExportAsync, () => Retries++, DeadLetters.Enqueue, () => Rebalances++), NullLogger.Instance);
        receiver.Start();
        return receiver;
    }

    private async Task<ExportOutcome> ExportAsync(Payload payload, CancellationToken cancellation)
    {
        Seen.Enqueue(payload);
        var text = Encoding.UTF8.GetString(payload.Bytes.Span);
        var outcome = await Answer(text, cancellation);
        if (outcome is ExportOutcome.Accepted)
        {
            accepted.Enqueue(text);
        }

        return outcome;
    }
}
